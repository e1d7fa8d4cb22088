import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in Japanese. */
export const ja: RegisterWords = {
  incomplete: ['未完成：作成時、このレポートの', 'に結果がありませんでした。'],
  cellCount: counted('ja', { other: '#個のセル' }),
  seedCount: counted('ja', { other: '#個のシード' }),
  valueCount: counted('ja', { other: '#個の値' }),
  elementCount: counted('ja', { other: '#個の要素' }),
  characterCount: counted('ja', { other: '#文字' }),
  fileCount: counted('ja', { other: '#個のファイル' }),
  lineCount: counted('ja', { other: '#行' }),
  seed: (seed) => `シード ${seed}`,
  frontPage: '表紙',
  jobs: {
    none: '実行される実験はありません。',
    experiment: '実験',
    parameters: 'パラメータ',
    runs: 'ジョブ',
    caption:
      '各実験とそのジョブのパラメータ。グループのすべての実験に共通するパラメータは、最初の行に一度だけ示します。角括弧内のリストは一つの値です。ダッシュはパラメータが指定されなかったことを示します。時間は個別に測定した各ジョブの合計です。',
    shared: 'すべて',
    varied: '変更：',
  },
  claims: {
    none: '主張はありません。',
    claim: '主張',
    testedBy: '検証式',
    holds: '成立',
    unknown: '不明',
    caption:
      '本文の各主張、そのために真でなければならない式、および検証に用いた値。値がシードによって異なる場合は、平均を標準誤差の範囲で引き直し、主張が成立した割合を下に示します。',
    elsewhere: (claims) =>
      `全${claims}件の主張の一覧はHTMLページにあります。式と値は、このPDFに添付されたprovenance.jsonにもあります。`,
    difference: (value) => `差 ${value}`,
    interval: (value, low, high) => `${value}、95\u00a0%信頼区間 ${low}～${high}`,
    held: (percent, redraws) => `${redraws}回の引き直しの${percent}`,
  },
  data: {
    none: '使用されるデータセットはありません。',
    fact: '項目',
    value: '値',
    caption: 'データセットと、読み込み元ファイルのダイジェスト。',
    images: '画像',
    split: '分割',
    cleaning: 'クリーニング',
    source: '出典',
    licence: 'ライセンス',
    files: 'ファイル',
    usedBy: '使用元',
    described: '記述',
    nowhere: 'このレポートの結果にはありません',
    bytes: counted('ja', { other: '#バイト' }),
    splits: { train: '訓練', validation: '検証', test: 'テスト' },
  },
  machine: {
    none: '計算されるものはありません。',
    results: '結果',
    caption:
      'このレポートの結果を計算した環境と、各値に該当する結果の数。エンジンとスレッドはジョブのみのものです。',
    facts: {
      node: 'Node',
      platform: 'プラットフォーム',
      cpu: 'プロセッサ',
      engine: 'エンジン',
      threads: 'ジョブのスレッド数',
      computedAt: '計算日 (UTC)',
    },
  },
  packages: {
    version: 'バージョン',
    another: 'インストール済みとは別のもの',
    caption: 'Weft、その実行環境、結果が依存するパッケージと、それぞれをインポートするセルとジョブの数。',
  },
  sources: {
    none: '使用されるソースファイルはありません。',
    gone: 'このファイルはもうプロジェクトにありません。',
    elsewhere: (files, lines) =>
      `ソースコード（${files}、${lines}）は、ファイルごとにこのPDFに添付され、HTMLページにも掲載されています。`,
    onScreen: (files, lines) => `ソースコード（${files}、${lines}）はHTMLページに掲載されています。`,
  },
  checklist: {
    item: '質問',
    answer: '記録に基づく回答',
    caption: '再現性チェックリスト。このレポートを構成する結果から回答しています。',
    groups: { models: 'モデルと主張', data: 'データ', code: 'コード', results: '結果' },
    questions: {
      models: 'すべてのモデルとアルゴリズムが説明されているか',
      assumptions: '前提が述べられているか',
      claims: 'すべての主張が根拠と結び付いているか',
      statistics: 'どのデータセットを使い、その規模はどれほどか',
      splits: '訓練・検証・テストにどう分割されているか',
      cleaning: '何を除外し、どう前処理したか',
      download: '入手元はどこで、同じコピーであることをどう確かめるか',
      code: '訓練と評価のコードが示されているか',
      dependencies: '何に依存しているか',
      command: '印刷された結果はこのコードのものか',
      ranges: 'どのハイパーパラメータをどの範囲で検討したか',
      selection: '最終的な値をどう選んだか',
      runs: '実行は何回か',
      variation: '中心傾向とばらつきが示されているか',
      bars: '図にエラーバーがあるか、それは何か',
      runtime: 'どれだけ時間がかかったか',
      energy: 'どれだけエネルギーを使ったか',
      infrastructure: '何の上で計算したか',
    },
    unanswered: '記録がありません。',
    see: '参照：',
    answers: {
      models: counted('ja', { other: '#件の実験。説明箇所：' }),
      claims: (all, hold) => `各主張は結果に対する式を持ち、${all}件中${hold}件が成立します。`,
      untold: (claims) => `${claims}件は結果が不明です。`,
      pinned: counted('ja', { other: 'SHA-256で固定された#個のファイル' }),
      published: (splits) => `${splits}（データセットの定めるとおり）`,
      code: (cells, files, listed) =>
        `結果はこのレポートの${cells}と、それらがインポートする${files}から得られ、そのうち${listed}個がレポート自体に掲載されています。`,
      command: (results) =>
        `${results}件の結果はそれぞれ、コード・パラメータ・シード・パッケージのダイジェストの下に保存され、これらが変わらない間だけ印刷されます。`,
      stale: '一部は古く、以前の状態のコードのものです。',
      varied: counted('ja', { other: '#個のパラメータを変更しました。' }),
      runs: (runs, settings, repeated) =>
        `${settings}通りの設定による${runs}。そのうち${repeated}通りは複数のシードで実行しました。`,
      variation: (values, entries) =>
        `シードにわたる平均は標本標準偏差を±で付けて印刷されています：本文に${values}箇所、表に${entries}箇所。`,
      bars: (figures, all) =>
        `${all}個の図のうち${figures}個が値の周りに帯またはバーを示します。その範囲は図の説明にあります。`,
      runtime: (runs, cells) =>
        `ジョブは合計${runs}（個別に測定）、ジョブを実行しないセルは${cells}かかりました。`,
      cellsAlone: (cells) => `実験は実行されていません。セルは${cells}かかりました。`,
    },
  },
  requirements: {
    none: 'このレポートは要件を挙げていません。',
    requirement: '要件',
    answer: '回答の場所',
    caption: '要件と、それぞれに答える場所。',
    unanswered: '回答なし。',
    claim: { yes: '主張は成り立つ：', no: '主張は成り立たない：', unknown: '主張には結果がない：' },
    pages: counted('ja', { other: '本文は#ページ以内' }),
  },
}
