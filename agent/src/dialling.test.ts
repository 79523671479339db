import { describe, expect, it } from 'vitest'
import { Dialling, pauseAfter } from './dialling.js'

describe('the pause before the next try', () => {
  it('grows, and not for ever', () => {
    const longest = [1, 2, 3, 4, 20, 1000].map((failures) => pauseAfter(failures, () => 1))
    expect(longest).toEqual([1000, 2000, 4000, 8000, 25_000, 25_000])
  })

  it('is half by chance, so that agents do not all come at once', () => {
    const pauses = Array.from({ length: 100 }, () => pauseAfter(10))
    expect(new Set(pauses).size).toBeGreaterThan(50)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(12_500)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(25_000)
  })
})

describe('dialling', () => {
  it('goes on until it is stopped, and tells the same problem once', async () => {
    const told: string[] = []
    let tries = 0
    let enough: () => void = () => undefined
    const thrice = new Promise<void>((resolve) => {
      enough = resolve
    })
    const dial = (): Promise<void> => {
      tries += 1
      if (tries === 3) enough()
      return Promise.reject(new Error('nobody is there'))
    }
    const dialling = new Dialling('tcp://nowhere:1', dial, {
      info: () => undefined,
      problem: (error) => void told.push(String(error)),
    })
    await thrice
    dialling.stop()
    expect(told).toEqual(['Error: nobody is there'])
  })
})
