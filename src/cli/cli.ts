#!/usr/bin/env node
import { weftProgram } from '../render/model/home.ts'
import { supervise } from './supervise.ts'

// A debugger is meant for the command itself, so that one runs here.
const isDebugged = process.execArgv.some((flag) => flag.startsWith('--inspect'))
if (isDebugged) await import('./command.ts')
else process.exitCode = await supervise(weftProgram('command.js'), process.argv.slice(2))
