import { type Answered, canonicalJson, type Read, type ReadKind } from '@prove/core'
import { managerOf } from '../managers/index.js'
import type { Transaction, Trial } from '../managers/contract.js'
import { brokenOff, noManager } from './packages.js'

/** What the package manager says that a transaction would do. */
export const trial = (transaction: Transaction): Read<Trial> => ({
  kind: 'package-trial',
  key: `package-trial:${canonicalJson(transaction)}`,
  query: transaction,
})

/** Words of a refusal that help: what is missing, else the errors, else what was said last. */
const refusalOf = (output: string): string => {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const unmet = lines.findIndex((line) => line.includes('unmet dependencies'))
  const errors = lines.filter((line) => /^(E|Error|ERROR|error):/.test(line))
  const told = unmet >= 0 ? lines.slice(unmet + 1) : errors.length > 0 ? errors : lines.slice(-3)
  return told
    .slice(0, 4)
    .map((line) => line.trim().replace(/^E: /, ''))
    .join('; ')
}

/** Such a question takes as long as the package manager thinks; nothing of it is kept. */
const secondsOfTrial = 30

export const trialKind: ReadKind<Transaction, Trial> = {
  name: 'package-trial',
  tools: [],
  script: (queries, facts) =>
    queries.map((query) => `${managerOf(facts)?.trialScript(query) ?? `echo 'exit 0'`}\necho '== end'`).join('\n'),
  parse: (output, queries, facts): readonly Answered<Trial>[] => {
    const manager = managerOf(facts)
    if (manager === undefined) return queries.map(() => noManager)
    const parts = output.toString('utf8').split(/^== end\n/m)
    return queries.map((_query, i) => {
      const [, text, exit] = /^([^]*?)^exit (\d+)\n$/m.exec(parts[i] ?? '') ?? []
      if (text === undefined || exit === undefined || i >= parts.length - 1) return brokenOff
      if (exit === '0') return { ok: true, value: manager.parseTrial(text) }
      return { ok: true, value: { packages: [], refused: refusalOf(text) } }
    })
  },
  seconds: () => secondsOfTrial,
}
