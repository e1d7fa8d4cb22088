import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { after } from 'node:test'
import { unzipSync } from 'fflate'
import { emptyProject, type Project } from '../report/project.ts'

const report = (body: string, members = '') => `---
title: Rain
author: [{ name: Jane Doe, affiliation: Rain Institute, email: jane@example.org }]
date: today
requirements:
  - { item: How much rain?, answer: [sec-rain, '#drops', src/drops.ts], claim: It rains, pages: 1 }
${members}---

# Rain {#sec-rain pages=1}

\`\`\`ts exec #drops
import { drops } from './src/drops.ts'
import { table } from 'weft/output'
export const fallen = drops
export default table([{ drops }], { columns: { drops: 'Drops' }, caption: 'Rain.' })
\`\`\`

:claim[It rains]{that='fallen > 2'}: \`{ts} fallen\` drops. ${body}
`

/** Makes a project of a report by Jane Doe, committed by Jane Q. Doe. */
export function rainProject(body = '', members = ''): Project {
  const project = emptyProject({ after })
  project.write('report.md', report(body, members))
  project.write('src/drops.ts', '/** Drops of rain. */\nexport const drops = 3\n')
  project.write('package.json', '{ "name": "rain", "type": "module", "author": "Jane Doe" }')
  project.write('package-lock.json', '{ "name": "rain", "lockfileVersion": 3, "packages": {} }')
  project.write('LICENSE', 'Copyright 2026 Jane Doe\n')
  project.write('README.md', '# Rain\n')
  project.write('.gitignore', 'dist/\n')
  const git = (...args: string[]) => execFileSync('git', ['-C', project.folder, ...args], { stdio: 'ignore' })
  git('init', '-q')
  git('add', '-A')
  git('-c', 'user.name=Jane Q. Doe', '-c', 'user.email=jq@example.org', 'commit', '-qm', 'Begin')
  return project
}

/** Unpacks a zip of a project into another one. */
export function unpack(project: Project, file: string): Project {
  const other = emptyProject({ after })
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(project.path(file))))) {
    mkdirSync(dirname(other.path(name)), { recursive: true })
    writeFileSync(other.path(name), bytes)
  }
  return other
}
