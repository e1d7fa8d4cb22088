import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in French. */
export const fr: RegisterWords = {
  incomplete: ['Incomplet\u00a0: ', ' de ce rapport n’avaient pas de résultat au moment de la composition.'],
  cellCount: counted('fr', { one: '# cellule', other: '# cellules' }),
  seedCount: counted('fr', { one: '# graine', other: '# graines' }),
  valueCount: counted('fr', { one: '# valeur', other: '# valeurs' }),
  elementCount: counted('fr', { one: '# élément', other: '# éléments' }),
  characterCount: counted('fr', { one: '# caractère', other: '# caractères' }),
  fileCount: counted('fr', { one: '# fichier', other: '# fichiers' }),
  lineCount: counted('fr', { one: '# ligne', other: '# lignes' }),
  seed: (seed) => `graine ${seed}`,
  frontPage: 'la page de titre',
  jobs: {
    none: 'Aucune expérience n’est exécutée.',
    experiment: 'Expérience',
    parameters: 'Paramètres',
    runs: 'Tâches',
    caption:
      'Chaque expérience avec les paramètres de ses tâches. Les paramètres communs à toutes les expériences d’un groupe sont donnés une fois, dans sa première ligne. Une liste entre crochets est une seule valeur\u00a0; un tiret signifie que le paramètre est resté libre. Les durées sont la somme sur les tâches, chacune mesurée séparément.',
    shared: 'Toutes',
    varied: 'Variés\u00a0:',
  },
  claims: {
    none: 'Rien n’est affirmé.',
    claim: 'Affirmation',
    testedBy: 'Vérifiée par',
    holds: 'Vraie',
    unknown: 'inconnu',
    caption:
      'Chaque affirmation du texte, l’expression qui doit être vraie pour elle et les valeurs sur lesquelles elle a été vérifiée. Si celles-ci diffèrent selon la graine, leurs moyennes ont été tirées à nouveau selon leurs erreurs types\u00a0; la part de ces tirages où l’affirmation était vraie est donnée dessous.',
    elsewhere: (claims) =>
      `La liste des ${claims} affirmations figure sur la page HTML\u00a0; leurs expressions et leurs valeurs sont aussi dans provenance.json, joint à ce PDF.`,
    difference: (value) => `différence ${value}`,
    interval: (value, low, high) => `${value}, IC à 95\u00a0% de ${low} à\u00a0${high}`,
    held: (percent, redraws) => `dans ${percent} de ${redraws} tirages`,
  },
  data: {
    none: 'Aucun jeu de données n’est utilisé.',
    fact: 'Information',
    value: 'Valeur',
    caption: 'Les jeux de données, avec les empreintes des fichiers dont ils ont été lus.',
    images: 'images',
    split: 'répartition',
    cleaning: 'nettoyage',
    source: 'source',
    licence: 'licence',
    files: 'fichiers',
    usedBy: 'utilisé par',
    described: 'décrit',
    nowhere: 'dans aucun résultat de ce rapport',
    bytes: counted('fr', { one: '# octet', other: '# octets' }),
    splits: { train: 'entraînement', validation: 'validation', test: 'test' },
  },
  machine: {
    none: 'Rien n’est calculé.',
    results: 'Résultats',
    caption:
      'Ce qui a calculé les résultats de ce rapport, et le nombre de résultats pour chaque valeur. Le moteur et les fils ne concernent que les tâches.',
    facts: {
      node: 'Node',
      platform: 'Plateforme',
      cpu: 'Processeur',
      engine: 'Moteur',
      threads: 'Fils d’une tâche',
      computedAt: 'Calculé le (UTC)',
    },
  },
  packages: {
    version: 'Version',
    another: 'une autre que celle installée',
    caption:
      'Weft, ce sur quoi il a tourné et les paquets dont dépendent les résultats, avec le nombre de cellules et de tâches qui importent chacun.',
  },
  sources: {
    none: 'Aucun fichier source n’est utilisé.',
    gone: 'Le projet n’a plus ce fichier.',
    elsewhere: (files, lines) =>
      `Le code source (${files}, ${lines}) est joint à ce PDF, fichier par fichier, et figure sur la page HTML.`,
    onScreen: (files, lines) => `Le code source (${files}, ${lines}) figure sur la page HTML.`,
  },
  checklist: {
    item: 'Question',
    answer: 'Réponse, d’après ce qui est enregistré',
    caption:
      'La liste de contrôle de reproductibilité, remplie d’après les résultats dont ce rapport est fait.',
    groups: { models: 'Modèles et affirmations', data: 'Données', code: 'Code', results: 'Résultats' },
    questions: {
      models: 'Chaque modèle et chaque algorithme est-il décrit\u00a0?',
      assumptions: 'Les hypothèses sont-elles énoncées\u00a0?',
      claims: 'Chaque affirmation est-elle liée à ses preuves\u00a0?',
      statistics: 'Quels jeux de données sont utilisés, et de quelle taille\u00a0?',
      splits: 'Comment sont-ils répartis en entraînement, validation et test\u00a0?',
      cleaning: 'Qu’a-t-on écarté, et comment ont-ils été préparés\u00a0?',
      download: 'D’où viennent-ils, et comment sait-on que la copie est la même\u00a0?',
      code: 'Le code d’entraînement et d’évaluation est-il fourni\u00a0?',
      dependencies: 'De quoi dépend-il\u00a0?',
      command: 'Les résultats imprimés correspondent-ils à ce code\u00a0?',
      ranges: 'Quels hyperparamètres ont été considérés, dans quelles plages\u00a0?',
      selection: 'Comment les valeurs finales ont-elles été choisies\u00a0?',
      runs: 'Combien d’exécutions ont été faites\u00a0?',
      variation: 'La tendance centrale et la variation sont-elles données\u00a0?',
      bars: 'Les figures ont-elles des barres d’erreur, et lesquelles\u00a0?',
      runtime: 'Combien de temps cela a-t-il duré\u00a0?',
      energy: 'Combien d’énergie cela a-t-il demandé\u00a0?',
      infrastructure: 'Sur quoi le calcul a-t-il été fait\u00a0?',
    },
    unanswered: 'Non enregistré.',
    see: 'Voir',
    answers: {
      models: counted('fr', { one: '# expérience, décrite dans', other: '# expériences, décrites dans' }),
      claims: (all, hold) =>
        `Chaque affirmation a une expression sur les résultats\u00a0; ${hold} sur ${all} sont vraies.`,
      untold: (claims) => `Pour ${claims}, aucun résultat n’est connu.`,
      pinned: counted('fr', { one: '# fichier fixé par SHA-256', other: '# fichiers fixés par SHA-256' }),
      published: (splits) => `${splits}, tels que les donne le jeu de données`,
      code: (cells, files, listed) =>
        `Les résultats viennent de ${cells} de ce rapport et de ${files} qu’elles importent, dont ${listed} figurent dans le rapport même.`,
      command: (results) =>
        `Chacun des ${results} résultats est conservé sous l’empreinte de son code, de ses paramètres, de sa graine et de ses paquets, et n’est imprimé que tant que ceux-ci restent inchangés.`,
      stale: 'Certains sont périmés\u00a0: ils correspondent à un état antérieur du code.',
      varied: counted('fr', { one: '# paramètre a varié.', other: '# paramètres ont varié.' }),
      runs: (runs, settings, repeated) =>
        `${runs} pour ${settings} réglages différents, dont ${repeated} avec plus d’une graine.`,
      variation: (values, entries) =>
        `Les moyennes sur les graines sont imprimées avec ± l’écart type de l’échantillon\u00a0: ${values} dans le texte, ${entries} dans ses tableaux.`,
      bars: (figures, all) =>
        `${figures} figures sur ${all} ont une bande ou des barres autour de leurs valeurs\u00a0; les légendes disent ce qu’elles couvrent.`,
      runtime: (runs, cells) =>
        `Les tâches ont duré ${runs} en tout, chacune mesurée séparément\u00a0; les cellules sans tâche ont duré ${cells}.`,
      cellsAlone: (cells) => `Aucune expérience n’a été exécutée\u00a0; les cellules ont duré ${cells}.`,
    },
  },
  requirements: {
    none: 'Le rapport ne nomme aucune exigence.',
    requirement: 'Exigence',
    answer: 'Traitée dans',
    caption: 'Les exigences, chacune avec les endroits qui y répondent.',
    unanswered: 'Sans réponse.',
    claim: {
      yes: 'L’affirmation est vraie :',
      no: 'L’affirmation est fausse :',
      unknown: 'L’affirmation n’a pas de résultat :',
    },
    pages: counted('fr', {
      one: 'Texte de # page au plus',
      many: 'Texte de # pages au plus',
      other: 'Texte de # pages au plus',
    }),
  },
}
