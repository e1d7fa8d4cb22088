import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPlainCode } from '../../../src/render/worker/plain-code.ts'

const globals = new Set(Object.getOwnPropertyNames(globalThis))

const plain = {
  arithmetic: 'const rows=[1,2].map((x)=>x**2);export{rows as default}',
  'what is given': 'const n=__weft.earlier("n");export const m=Math.max(n,new Date(0).getTime())',
  'the language of its place': 'const lang=globalThis.__weft?.lang;export{lang}',
  'a class': 'class A{#a=1;constructor(b){this.b=b}}export const a=new A(1).b',
  'a class of one line for each member': 'class A{\n  a = 1\n  constructor(b) {}\n}',
  'the name of a class': 'export const a=Object.getPrototypeOf([])?.constructor?.name+[].constructor.name',
  'a job': 'const job=globalThis[Symbol.for("weft.host")].job;export const a=await job({})',
  'pixels that it packs':
    'import{crc32 as sum,deflateSync}from"node:zlib";export const a=sum(deflateSync("a"))',
}

const other = {
  'a package': 'import{z}from"zod";export const a=z',
  'a module of Node': 'import{readFileSync}from"node:fs";export const a=1',
  'a module of Node as a whole': 'import zlib from"node:zlib";zlib.crc32=()=>0',
  'an asynchronous function of a module': 'import{deflate}from"node:zlib";deflate("a",()=>{})',
  'an import that is asked for later': 'export const a=await import("zod")',
  'a timer': 'setInterval(()=>{},1).unref();export const a=1',
  'the process': 'process.env.A="b"',
  'the console': 'console.group()',
  'the global object': 'const all=globalThis;all.left=1',
  'code of a text': 'export const a=[].map.constructor.constructor("return this")()',
  'code of a text by any function': 'export const a=(()=>0).constructor("return pro"+"cess")()',
  'code of a text, asynchronous':
    'const{constructor:A}=async()=>{};export const a=new A("return pro"+"cess")',
  'code of a text by a member': 'export const a=(()=>0)["constructor"]("return pro"+"cess")()',
  'code of a text, by name': 'export const a=Function("return this")()',
  'what Node adds': 'performance.mark("a")',
}

test('code that reaches only the language is plain', () => {
  for (const [name, code] of Object.entries(plain)) assert.equal(isPlainCode(code, globals), true, name)
})

test('code with a word for anything else is not', () => {
  for (const [name, code] of Object.entries(other)) assert.equal(isPlainCode(code, globals), false, name)
})
