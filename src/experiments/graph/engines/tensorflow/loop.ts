import type { DType } from '../../node.ts'
import type { Builder } from './builder.ts'

/** What a loop hands from turn to turn, at first. */
interface State {
  readonly value: string
  readonly dtype: DType | 'variant'
}

interface Loop {
  /** Names of the states inside. */
  readonly states: readonly string[]
  /** Brings a value inside that is the same in each turn. */
  constant(value: string, dtype: DType): string
  /** Gives the names of the last states, outside, from those of the next states. */
  close(nexts: readonly string[]): string[]
}

/** Opens a loop whose first state counts its turns, up to `count`. */
export function openLoop(builder: Builder, states: readonly State[], count: string): Loop {
  const frame = { frame_name: { text: 'steps' }, parallel_iterations: { int: 1 } }
  const enter = ({ value, dtype }: State, isConstant: boolean) =>
    builder.add('Enter', [value], {
      T: { type: dtype },
      is_constant: { bool: isConstant },
      ...frame,
    })
  // A state enters once, then comes back from the turn before: the name of that is known beforehand.
  const backs = states.map((_, index) => `back_${index}`)
  const merged = states.map((state, index) =>
    builder.add('Merge', [enter(state, false), backs[index]!], { N: { int: 2 }, T: { type: state.dtype } }),
  )
  const last = enter({ value: count, dtype: 'int32' }, true)
  const goesOn = builder.add('LoopCond', [builder.add('Less', [merged[0]!, last], { T: { type: 'int32' } })])
  const switched = states.map(({ dtype }, index) =>
    builder.add('Switch', [merged[index]!, goesOn], { T: { type: dtype } }),
  )
  return {
    states: states.map(({ dtype }, index) =>
      builder.add('Identity', [`${switched[index]}:1`], { T: { type: dtype } }),
    ),
    constant: (value, dtype) => enter({ value, dtype }, true),
    close: (nexts) =>
      states.map(({ dtype }, index) => {
        builder.add('NextIteration', [nexts[index]!], { T: { type: dtype } }, backs[index])
        return builder.add('Exit', [switched[index]!], { T: { type: dtype } })
      }),
  }
}
