/** Splits a table of words at its spaces and lines. Some are patterns of a regular expression: `secs?`. */
function words(table: string): readonly string[] {
  return table.trim().split(/\s+/)
}

/** Units that make a number a duration; months and years belong to dates. */
export const durationUnits = words(`
  ns µs μs us ms s secs? mins? h hrs? nanoseconds? microseconds? milliseconds? seconds? minutes? hours?
  days? weeks?
`)

/** Abbreviated units of size, frequency, power, length, weight and temperature. */
export const physicalUnits = words(`
  [kKMGTP]?B [KMGT]iB [kMGT]?bit/s [kMG]?Hz [kMG]?Wh? k?J m?V dB dpi fps px [kcmnµ]?m [km]?g °[CF]?
  [kMGTP]?FLOPS [kMGTP]?FLOPs
`)

/** Words that make a number a count of something computed, measured or chosen; each may be plural. */
export const countedNouns = words(`
  epoch step iteration update run trial experiment job repetition attempt image sample example
  observation measurement record row column document file sentence word token letter character font
  digit label question answer seed unit neuron node layer parameter weight input output feature channel
  filter kernel head dimension component neighbour neighbor cluster fold tree network model
  configuration setting rate level bin error mistake point pixel bit byte core thread processor machine
  GPU CPU request user participant subject time operation
`)

/** Such words with irregular plurals. */
export const countedPlurals = words('batch(?:es)? class(?:es)? bias(?:es)? quer(?:y|ies) ax[ei]s')

/** Words for magnitudes that make any number a count. */
export const magnitudes = words('hundred thousand million billion trillion')

/** Words that cannot come between a number and the noun that it counts. */
export const noAdjectives = words(`
  of and or in on at to with without from by for per as than is are was were be has have had do does
  can may will must should that which who whose the a an its their his her our this these those if when
  while until after before over under between but not so then each every all both some many several
  into where because since
`)

/** Words after which a number identifies a part of a text, a version or a kind. */
export const numberedThings = words(`
  sections? secs?\\. chapters? chap\\. parts? appendix appendices paragraphs? §§? figures? figs?\\.
  tables? tbls?\\. equations? eqs?\\. listings? algorithms? theorems? lemmas? definitions?
  corollar(?:y|ies) footnotes? references? exercises? pages? pp?\\. lines? items? no\\. nr\\. number
  volumes? vol\\. issues? versions? releases? revisions? editions? types? grades? phases? tasks? goals?
  rfc iso ieee din port ports seed class rule rules question questions
`)

/** Capitalised words that begin a sentence before a number and are not names. */
export const openingWords = words(`
  After All Almost Already Also Although And Another Around As At About Because Before Below Between
  Beyond But By Each Every Exactly For From Here If In Into Its Just Last Least Less More Most Nearly
  No Of On Once Only Or Other Our Over Per Roughly Since So Some Than That The Their Then There These
  They This Those Through To Under Until Up We When Where While With Within Without Accuracy Loss Error
  Mean Median Rate Score Precision Recall Time Total Average Batches Training Test Took
`)
