import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { ManagedHost } from '../hosts/managed-host.js'
import { skipOrFail } from '../shells.js'
import { hostDifferences } from './host-differences.js'
import { whyNoAnsible } from './play.js'
import type { Difference, Recording } from './recording.js'

const page = readFileSync(new URL('../../docs/coming-from/ansible.md', import.meta.url), 'utf8').split('\n')

/** What one shows and the other does not. */
const told = ({ title, ours, theirs, answers }: Difference): unknown => ({
  title,
  ends: `Prove ${ours.first} and ${ours.second}, Ansible ${theirs.first} and ${theirs.second}`,
  onlyOurs: ours.shown.filter((line) => !theirs.shown.includes(line)),
  onlyTheirs: theirs.shown.filter((line) => !ours.shown.includes(line)),
  answers,
})

/** Milliseconds. Some hundred tasks take a minute, and much longer where all tests run at once. */
const longest = 900_000

/** One test behind the cases of an area: the same comes of the same, but for what is listed. */
export const besideAnsible = (area: string, recording: Recording, host: () => ManagedHost): void => {
  it(
    "beside Debian's Ansible",
    async (ctx) => {
      const missing = whyNoAnsible()
      if (missing !== undefined) skipOrFail(ctx, missing)
      const found = await recording.differences(host())
      if (process.env['PROVE_ANSIBLE'] === 'print') console.log(JSON.stringify(found.map(told), undefined, 1))
      expect(found.map(({ title }) => title).toSorted()).toEqual(Object.keys(hostDifferences[area] ?? {}).toSorted())
      const row = page.find((line) => line.startsWith(`| ${area} |`))
      expect(row).toBe(`| ${area} | ${recording.compared} | ${found.length} |`)
    },
    longest,
  )
}
