import { ProveError } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { journalLog } from './log.js'

const logged = (say: (log: ReturnType<typeof journalLog>) => void): readonly string[] => {
  const lines: string[] = []
  say(journalLog((line) => void lines.push(line)))
  return lines
}

describe('the log of an agent', () => {
  it('has a line with its priority for each thing that is said', () => {
    expect(logged((log) => log.info('listening'))).toEqual(['<6>listening\n'])
  })

  it('tells a known problem with its code and what to do, and without a stack', () => {
    const error = new ProveError('PRV_LINK_REFUSED', 'not you', { hint: 'go away' })
    expect(logged((log) => log.problem(error))).toEqual(['<4>PRV_LINK_REFUSED not you; go away\n'])
  })

  it('tells an unknown one with its stack, in one line', () => {
    const [line = '', ...more] = logged((log) => log.problem(new Error('oops')))
    expect(more).toEqual([])
    expect(line).toMatch(/^<3>Error: oops +at .*\n$/)
  })

  it('lets nobody begin a line of his own', () => {
    expect(logged((log) => log.info('a name\n<0>the host burns\r\u0085'))).toEqual(['<6>a name <0>the host burns \n'])
  })
})
