import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in Portuguese. */
export const pt: RegisterWords = {
  incomplete: ['Incompleto: ', ' deste relatório não tinham resultado quando isto foi composto.'],
  cellCount: counted('pt', { one: '# célula', other: '# células' }),
  seedCount: counted('pt', { one: '# semente', other: '# sementes' }),
  valueCount: counted('pt', { one: '# valor', other: '# valores' }),
  elementCount: counted('pt', { one: '# elemento', other: '# elementos' }),
  characterCount: counted('pt', { one: '# caractere', other: '# caracteres' }),
  fileCount: counted('pt', { one: '# arquivo', other: '# arquivos' }),
  lineCount: counted('pt', { one: '# linha', other: '# linhas' }),
  seed: (seed) => `semente ${seed}`,
  frontPage: 'a folha de rosto',
  jobs: {
    none: 'Nenhum experimento é executado.',
    experiment: 'Experimento',
    parameters: 'Parâmetros',
    runs: 'Tarefas',
    caption:
      'Cada experimento com os parâmetros das suas tarefas. Os parâmetros comuns a todos os experimentos de um grupo são dados uma vez, na sua primeira linha. Uma lista entre colchetes é um só valor; um traço significa que o parâmetro ficou em aberto. Os tempos são a soma das tarefas, cada uma medida por si.',
    shared: 'Todos',
    varied: 'Variados:',
  },
  claims: {
    none: 'Nada é afirmado.',
    claim: 'Afirmação',
    testedBy: 'Verificada por',
    holds: 'Vale',
    unknown: 'desconhecido',
    caption:
      'Cada afirmação do texto, a expressão que deve ser verdadeira e os valores com que foi verificada. Se estes diferem entre sementes, as suas médias foram sorteadas de novo dentro dos seus erros padrão; abaixo está a parcela dos sorteios em que a afirmação valeu.',
    elsewhere: (claims) =>
      `A lista das ${claims} afirmações está na página HTML; as suas expressões e valores estão também em provenance.json, anexado a este PDF.`,
    difference: (value) => `diferença ${value}`,
    interval: (value, low, high) => `${value}, IC de 95\u00a0% de ${low} a\u00a0${high}`,
    held: (percent, redraws) => `em ${percent} de ${redraws} sorteios`,
  },
  data: {
    none: 'Nenhum conjunto de dados é usado.',
    fact: 'Dado',
    value: 'Valor',
    caption: 'Os conjuntos de dados, com os resumos criptográficos dos arquivos de que foram lidos.',
    images: 'imagens',
    split: 'divisão',
    cleaning: 'limpeza',
    source: 'fonte',
    licence: 'licença',
    files: 'arquivos',
    usedBy: 'usado por',
    described: 'descrito',
    nowhere: 'em nenhum resultado deste relatório',
    bytes: counted('pt', { one: '# byte', other: '# bytes' }),
    splits: { train: 'treino', validation: 'validação', test: 'teste' },
  },
  machine: {
    none: 'Nada é calculado.',
    results: 'Resultados',
    caption:
      'O que calculou os resultados deste relatório, e para quantos resultados vale cada valor. Motor e threads são só das tarefas.',
    facts: {
      node: 'Node',
      platform: 'Plataforma',
      cpu: 'Processador',
      engine: 'Motor',
      threads: 'Threads de uma tarefa',
      computedAt: 'Calculado em (UTC)',
    },
  },
  packages: {
    version: 'Versão',
    another: 'outra que não a instalada',
    caption:
      'Weft, sobre o que foi executado e os pacotes de que os resultados dependem, com o número de células e tarefas que importam cada um.',
  },
  sources: {
    none: 'Nenhum arquivo-fonte é usado.',
    gone: 'O projeto já não tem este arquivo.',
    elsewhere: (files, lines) =>
      `O código-fonte (${files}, ${lines}) está anexado a este PDF, arquivo por arquivo, e consta da página HTML.`,
    onScreen: (files, lines) => `O código-fonte (${files}, ${lines}) consta da página HTML.`,
  },
  checklist: {
    item: 'Pergunta',
    answer: 'Resposta, a partir do que está registrado',
    caption:
      'A lista de verificação de reprodutibilidade, respondida a partir dos resultados de que este relatório é feito.',
    groups: { models: 'Modelos e afirmações', data: 'Dados', code: 'Código', results: 'Resultados' },
    questions: {
      models: 'Cada modelo e cada algoritmo está descrito?',
      assumptions: 'As hipóteses estão enunciadas?',
      claims: 'Cada afirmação está ligada à sua prova?',
      statistics: 'Que conjuntos de dados são usados, e de que tamanho são?',
      splits: 'Como se dividem em treino, validação e teste?',
      cleaning: 'O que foi deixado de fora, e como foram preparados?',
      download: 'De onde vêm, e como se sabe que a cópia é a mesma?',
      code: 'O código que treina e avalia é dado?',
      dependencies: 'De que depende?',
      command: 'Os resultados impressos pertencem a este código?',
      ranges: 'Que hiperparâmetros foram considerados, e em que intervalos?',
      selection: 'Como foram escolhidos os finais?',
      runs: 'Quantas execuções foram feitas?',
      variation: 'São dadas a tendência central e a variação?',
      bars: 'As figuras têm barras de erro, e quais?',
      runtime: 'Quanto tempo demorou?',
      energy: 'Quanta energia consumiu?',
      infrastructure: 'Em que foi calculado?',
    },
    unanswered: 'Não registrado.',
    see: 'Ver',
    answers: {
      models: counted('pt', { one: '# experimento, descrito em', other: '# experimentos, descritos em' }),
      claims: (all, hold) => `Cada afirmação tem uma expressão sobre os resultados; ${hold} de ${all} valem.`,
      untold: (claims) => `Para ${claims} não se conhece resultado.`,
      pinned: counted('pt', { one: '# arquivo fixado por SHA-256', other: '# arquivos fixados por SHA-256' }),
      published: (splits) => `${splits}, como o conjunto de dados os dá`,
      code: (cells, files, listed) =>
        `Os resultados vêm de ${cells} deste relatório e de ${files} que elas importam, dos quais ${listed} constam do próprio relatório.`,
      command: (results) =>
        `Cada um dos ${results} resultados é guardado sob o resumo do seu código, parâmetros, semente e pacotes, e só é impresso enquanto estes não mudam.`,
      stale: 'Alguns estão desatualizados: pertencem a um estado anterior do código.',
      varied: counted('pt', { one: '# parâmetro foi variado.', other: '# parâmetros foram variados.' }),
      runs: (runs, settings, repeated) =>
        `${runs} de ${settings} configurações diferentes, das quais ${repeated} com mais de uma semente.`,
      variation: (values, entries) =>
        `As médias sobre sementes são impressas com ± o desvio padrão amostral: ${values} no texto, ${entries} nas suas tabelas.`,
      bars: (figures, all) =>
        `${figures} de ${all} figuras mostram uma faixa ou barras em torno dos valores; as legendas dizem o que abrangem.`,
      runtime: (runs, cells) =>
        `As tarefas demoraram ${runs} no total, cada uma medida por si; as células sem tarefas demoraram ${cells}.`,
      cellsAlone: (cells) => `Nenhum experimento foi executado; as células demoraram ${cells}.`,
    },
  },
  requirements: {
    none: 'O relatório não indica requisitos.',
    requirement: 'Requisito',
    answer: 'Respondido em',
    caption: 'Os requisitos, cada um com os lugares que lhe respondem.',
    unanswered: 'Sem resposta.',
    claim: {
      yes: 'A afirmação vale:',
      no: 'A afirmação não vale:',
      unknown: 'A afirmação não tem resultado:',
    },
    pages: counted('pt', {
      one: 'Texto de no máximo # página',
      many: 'Texto de no máximo # páginas',
      other: 'Texto de no máximo # páginas',
    }),
  },
}
