import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sshSuite } from '../../../test-fixtures/ssh-suite.js'
import { opensshExecutor } from './openssh-executor.js'

const wrong = {
  'a program that is not there': { program: '/nonexistent/ssh' },
  'a program that is no ssh': { program: 'false' },
}

await sshSuite(opensshExecutor, wrong, ({ sshd, options, printedBy, refusedWith }) => {
  it('leaves out what a login prints before', async () => {
    const program = join(sshd.folder, 'noisy')
    writeFileSync(program, '#!/bin/sh\necho Welcome; echo "prove-0"; exec ssh "$@"\n', { mode: 0o755 })
    expect(await printedBy({ ...options, program }, 'echo said; echo noted >&2')).toBe('said\n')
  })

  it('tells of a setting that ssh does not know', async () => {
    const error = await refusedWith({ ...options, settings: { NoSuchThing: 'yes' } })
    expect(error.message).toMatch(/bad configuration option/i)
    expect(error.hint).toContain('"settings"')
  })
})
