import type { Kind } from '../../experiments/graph/engines/tensorflow/folder.ts'

/** A package of a Python index, in one version, with the digest of its file. */
export interface Wheel {
  readonly project: string
  readonly version: string
  /** Name of its file. */
  readonly file: string
  readonly sha256: string
}

const cp311 = 'cp311-cp311-manylinux_2_27_x86_64.whl'

const cpu: Wheel = {
  project: 'tensorflow-cpu',
  version: '2.21.0',
  file: `tensorflow_cpu-2.21.0-${cp311}`,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
}

const gpu: Wheel = {
  project: 'tensorflow',
  version: '2.21.0',
  file: `tensorflow-2.21.0-${cp311}`,
  sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
}

// What `tensorflow[and-cuda]` 2.21.0 asks for, each in the newest version that it allowed in November 2026; without
// nvidia-cuda-nvcc, which has no library to link, but a compiler that only XLA needs.
const cuda: readonly Wheel[] = [
  library(
    'cublas',
    '12.9.3.13',
    'manylinux_2_27',
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  ),
  library(
    'cuda-cupti',
    '12.8.90',
    'manylinux2014',
    'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
  ),
  library(
    'cuda-nvrtc',
    '12.9.86',
    'manylinux2010',
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  ),
  library(
    'cuda-runtime',
    '12.9.79',
    'manylinux2014',
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  ),
  library(
    'cudnn',
    '9.28.0.42',
    'manylinux_2_27',
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
  ),
  library(
    'cufft',
    '11.4.1.4',
    'manylinux2014',
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  ),
  library(
    'curand',
    '10.3.10.19',
    'manylinux_2_27',
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
  ),
  library(
    'cusolver',
    '11.7.5.82',
    'manylinux_2_27',
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  ),
  library(
    'cusparse',
    '12.5.10.65',
    'manylinux2014',
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  ),
  library(
    'nccl',
    '2.32.3',
    'manylinux_2_27',
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
  ),
  library(
    'nvjitlink',
    '12.9.86',
    'manylinux2010',
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
  ),
]

/** What a kind of TensorFlow is made of, and the most bytes that the disk needs while it is made. */
export const wheelsOf: {
  readonly [kind in Kind]: { readonly wheels: readonly Wheel[]; readonly bytes: number }
} = {
  cpu: { wheels: [cpu], bytes: 1_200_000_000 },
  gpu: { wheels: [gpu, ...cuda], bytes: 9_000_000_000 },
}

/** Says what a wheel brings that is needed: libraries, and the headers that the binding is compiled with. */
export function isNeeded(path: string): boolean {
  return (
    /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(path) ||
    /^tensorflow\/include\/(tensorflow\/(c|core\/platform)|tsl\/platform|xla\/tsl)\//.test(path) ||
    /^nvidia\/[^/]+\/lib\/[^/]+\.so[^/]*$/.test(path)
  )
}

function library(name: string, version: string, platform: string, sha256: string): Wheel {
  const tags: Readonly<Record<string, string>> = {
    manylinux_2_27: 'manylinux_2_27_x86_64',
    manylinux2014: 'manylinux2014_x86_64.manylinux_2_17_x86_64',
    manylinux2010: 'manylinux2010_x86_64.manylinux_2_12_x86_64',
  }
  const file = `nvidia_${name.replaceAll('-', '_')}_cu12-${version}-py3-none-${tags[platform]}.whl`
  return { project: `nvidia-${name}-cu12`, version, file, sha256 }
}
