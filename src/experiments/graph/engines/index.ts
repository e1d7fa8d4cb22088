export { openEngine } from './tfjs.ts'
