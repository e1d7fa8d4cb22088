import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { quietSource } from './quiet-source.ts'
import { reasonIn, runProgram } from './run-program.ts'

/**
 * Compiles the binding of @tensorflow/tfjs-node, and the module that keeps TensorFlow's greetings, with the C++
 * compiler at hand: `CXX`, or else c++, g++ or clang++. node-gyp would need Python and the headers of this Node; the
 * binding uses the stable interface alone.
 *
 * @param folder holds the libraries and headers below `tensorflow`, and gets the modules
 * @param sources holds the packages of `fetchSources`
 * @throws with the command that mends it
 */
export async function compileBinding(folder: string, sources: string, env: NodeJS.ProcessEnv): Promise<void> {
  const compiler = await findCompiler(env)
  const node = [
    '-DBUILDING_NODE_EXTENSION',
    '-DNAPI_VERSION=8',
    `-I${join(sources, 'node-api-headers', 'include')}`,
  ]
  const common = [...compiler, '-O2', '-std=c++17', '-fPIC', '-shared', ...node] as const
  const source = join(sources, 'quiet.cc')
  await writeFile(source, quietSource)
  await compile([...common, '-DNODE_GYP_MODULE_NAME=quiet', source, '-o', join(folder, 'quiet.node')], env)
  const binding = join(sources, '@tensorflow', 'tfjs-node', 'binding')
  const files = (await readdir(binding)).filter((name) => name.endsWith('.cc')).sort()
  const libraries = join(folder, 'tensorflow')
  await compile(
    [
      ...common,
      ...['-DNODE_GYP_MODULE_NAME=tfjs_binding', `-I${join(libraries, 'include')}`],
      ...files.map((name) => join(binding, name)),
      ...['-o', join(folder, 'tfjs_binding.node'), `-L${libraries}`],
      ...['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2', '-Wl,-rpath,$ORIGIN/tensorflow'],
    ],
    env,
  )
}

// CXX may hold several words, such as `ccache g++`.
async function findCompiler(env: NodeJS.ProcessEnv): Promise<readonly [string, ...string[]]> {
  const names = env.CXX?.trim() ? [env.CXX.trim()] : ['c++', 'g++', 'clang++']
  for (const name of names) {
    const [program, ...words] = name.split(/\s+/)
    const { status } = await runProgram([program!, ...words, '--version'], { env })
    if (status === 0) return [program!, ...words]
  }
  throw new Error(
    `Cannot compile the binding, expected a C++ compiler (${names.join(', ')}), found none: run \`apt install g++\` or the like`,
  )
}

async function compile(words: readonly [string, ...string[]], env: NodeJS.ProcessEnv): Promise<void> {
  const { status, output } = await runProgram(words, { env })
  if (status === 0) return
  throw new Error(
    `Cannot compile the binding, ${words[0]} says: ${reasonIn(output)}: set CXX to a compiler of C++ 17, such as g++ 9`,
  )
}
