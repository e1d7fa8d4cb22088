import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in Spanish. */
export const es: RegisterWords = {
  incomplete: ['Incompleto: ', ' de este informe no tenían resultado cuando se compuso.'],
  cellCount: counted('es', { one: '# celda', other: '# celdas' }),
  seedCount: counted('es', { one: '# semilla', other: '# semillas' }),
  valueCount: counted('es', { one: '# valor', other: '# valores' }),
  elementCount: counted('es', { one: '# elemento', other: '# elementos' }),
  characterCount: counted('es', { one: '# carácter', other: '# caracteres' }),
  fileCount: counted('es', { one: '# archivo', other: '# archivos' }),
  lineCount: counted('es', { one: '# línea', other: '# líneas' }),
  seed: (seed) => `semilla ${seed}`,
  frontPage: 'la portada',
  jobs: {
    none: 'No se ejecuta ningún experimento.',
    experiment: 'Experimento',
    parameters: 'Parámetros',
    runs: 'Tareas',
    caption:
      'Cada experimento con los parámetros de sus tareas. Los parámetros que comparten todos los experimentos de un grupo se dan una vez, en su primera fila. Una lista entre corchetes es un solo valor; un guion significa que el parámetro quedó abierto. Los tiempos son la suma de las tareas, cada una medida por separado.',
    shared: 'Todos',
    varied: 'Variados:',
  },
  claims: {
    none: 'No se afirma nada.',
    claim: 'Afirmación',
    testedBy: 'Comprobada con',
    holds: 'Se cumple',
    unknown: 'desconocido',
    caption:
      'Cada afirmación del texto, la expresión que debe cumplirse y los valores con los que se comprobó. Si estos difieren entre semillas, sus medias se sortearon de nuevo dentro de sus errores estándar; debajo figura la proporción de esos sorteos en que la afirmación se cumplió.',
    elsewhere: (claims) =>
      `La lista de las ${claims} afirmaciones está en la página HTML; sus expresiones y valores están también en provenance.json, adjunto a este PDF.`,
    difference: (value) => `diferencia ${value}`,
    interval: (value, low, high) => `${value}, IC del 95\u00a0% de ${low} a\u00a0${high}`,
    held: (percent, redraws) => `en el ${percent} de ${redraws} sorteos`,
  },
  data: {
    none: 'No se usa ningún conjunto de datos.',
    fact: 'Dato',
    value: 'Valor',
    caption:
      'Los conjuntos de datos, con los resúmenes criptográficos de los archivos de los que se leyeron.',
    images: 'imágenes',
    split: 'división',
    cleaning: 'limpieza',
    source: 'fuente',
    licence: 'licencia',
    files: 'archivos',
    usedBy: 'usado por',
    described: 'descrito',
    nowhere: 'en ningún resultado de este informe',
    bytes: counted('es', { one: '# byte', other: '# bytes' }),
    splits: { train: 'entrenamiento', validation: 'validación', test: 'prueba' },
  },
  machine: {
    none: 'No se calcula nada.',
    results: 'Resultados',
    caption:
      'Con qué se calcularon los resultados de este informe, y para cuántos resultados vale cada valor. El motor y los hilos son solo de las tareas.',
    facts: {
      node: 'Node',
      platform: 'Plataforma',
      cpu: 'Procesador',
      engine: 'Motor',
      threads: 'Hilos de una tarea',
      computedAt: 'Calculado el (UTC)',
    },
  },
  packages: {
    version: 'Versión',
    another: 'otra que la instalada',
    caption:
      'Weft, sobre qué se ejecutó y los paquetes de los que dependen los resultados, con el número de celdas y tareas que importan cada uno.',
  },
  sources: {
    none: 'No se usa ningún archivo fuente.',
    gone: 'El proyecto ya no tiene este archivo.',
    elsewhere: (files, lines) =>
      `El código fuente (${files}, ${lines}) está adjunto a este PDF, archivo por archivo, y figura en la página HTML.`,
    onScreen: (files, lines) => `El código fuente (${files}, ${lines}) figura en la página HTML.`,
  },
  checklist: {
    item: 'Pregunta',
    answer: 'Respuesta, según lo registrado',
    caption:
      'La lista de comprobación de reproducibilidad, respondida a partir de los resultados de los que está hecho este informe.',
    groups: { models: 'Modelos y afirmaciones', data: 'Datos', code: 'Código', results: 'Resultados' },
    questions: {
      models: '¿Está descrito cada modelo y cada algoritmo?',
      assumptions: '¿Se enuncian los supuestos?',
      claims: '¿Está cada afirmación ligada a su prueba?',
      statistics: '¿Qué conjuntos de datos se usan, y de qué tamaño son?',
      splits: '¿Cómo se dividen en entrenamiento, validación y prueba?',
      cleaning: '¿Qué se descartó, y cómo se prepararon?',
      download: '¿De dónde proceden, y cómo se sabe que la copia es la misma?',
      code: '¿Se incluye el código que entrena y evalúa?',
      dependencies: '¿De qué depende?',
      command: '¿Corresponden los resultados impresos a este código?',
      ranges: '¿Qué hiperparámetros se consideraron, y en qué rangos?',
      selection: '¿Cómo se eligieron los definitivos?',
      runs: '¿Cuántas ejecuciones se hicieron?',
      variation: '¿Se dan la tendencia central y la variación?',
      bars: '¿Tienen las figuras barras de error, y cuáles?',
      runtime: '¿Cuánto duró?',
      energy: '¿Cuánta energía consumió?',
      infrastructure: '¿En qué se calculó?',
    },
    unanswered: 'No registrado.',
    see: 'Véase',
    answers: {
      models: counted('es', { one: '# experimento, descrito en', other: '# experimentos, descritos en' }),
      claims: (all, hold) =>
        `Cada afirmación tiene una expresión sobre los resultados; se cumplen ${hold} de ${all}.`,
      untold: (claims) => `De ${claims} no se conoce el resultado.`,
      pinned: counted('es', { one: '# archivo fijado por SHA-256', other: '# archivos fijados por SHA-256' }),
      published: (splits) => `${splits}, como los da el conjunto de datos`,
      code: (cells, files, listed) =>
        `Los resultados proceden de ${cells} de este informe y de ${files} que importan, de los cuales ${listed} figuran en el propio informe.`,
      command: (results) =>
        `Cada uno de los ${results} resultados se guarda con el resumen de su código, parámetros, semilla y paquetes, y solo se imprime mientras estos no cambien.`,
      stale: 'Algunos están desactualizados: pertenecen a un estado anterior del código.',
      varied: counted('es', { one: 'Se varió # parámetro.', other: 'Se variaron # parámetros.' }),
      runs: (runs, settings, repeated) =>
        `${runs} de ${settings} configuraciones distintas, de las cuales ${repeated} con más de una semilla.`,
      variation: (values, entries) =>
        `Las medias sobre semillas se imprimen con ± la desviación típica muestral: ${values} en el texto, ${entries} en sus tablas.`,
      bars: (figures, all) =>
        `${figures} de ${all} figuras muestran una banda o barras en torno a sus valores; los pies dicen qué abarcan.`,
      runtime: (runs, cells) =>
        `Las tareas duraron ${runs} en total, cada una medida por separado; las celdas sin tareas duraron ${cells}.`,
      cellsAlone: (cells) => `No se ejecutó ningún experimento; las celdas duraron ${cells}.`,
    },
  },
  requirements: {
    none: 'El informe no nombra requisitos.',
    requirement: 'Requisito',
    answer: 'Respondido en',
    caption: 'Los requisitos, cada uno con los lugares que lo responden.',
    unanswered: 'Sin respuesta.',
    claim: {
      yes: 'La afirmación se cumple:',
      no: 'La afirmación no se cumple:',
      unknown: 'La afirmación no tiene resultado:',
    },
    pages: counted('es', {
      one: 'Texto de # página como máximo',
      many: 'Texto de # páginas como máximo',
      other: 'Texto de # páginas como máximo',
    }),
  },
}
