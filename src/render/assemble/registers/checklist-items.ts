/** The reproducibility checklist of machine learning in the words of this tool: id of an item -> what is asked. */
export const checklistItems: readonly {
  readonly title: string
  readonly items: Readonly<Record<string, string>>
}[] = [
  {
    title: 'Models and claims',
    items: {
      models: 'Is every model and algorithm described?',
      assumptions: 'Are the assumptions stated?',
      claims: 'Is every claim tied to its evidence?',
    },
  },
  {
    title: 'Data',
    items: {
      statistics: 'Which data sets are used, and how large are they?',
      splits: 'How are they split into training, validation and test?',
      cleaning: 'What was left out, and how were they prepared?',
      download: 'Where are they from, and how is the copy known to be the same?',
    },
  },
  {
    title: 'Code',
    items: {
      code: 'Is the code that trains and evaluates given?',
      dependencies: 'What does it depend on?',
      command: 'Do the printed results belong to this code?',
    },
  },
  {
    title: 'Results',
    items: {
      ranges: 'Which hyper-parameters were considered, in which ranges?',
      selection: 'How were the final ones chosen?',
      runs: 'How many runs were made?',
      variation: 'Are central tendency and variation given?',
      bars: 'Do figures have error bars, and what are they?',
      runtime: 'How long did it run?',
      energy: 'How much energy did it take?',
      infrastructure: 'On what was it computed?',
    },
  },
]
