import { z } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { scheduleArguments, scheduleText } from './schedule.js'

const schema = z.strictObject(scheduleArguments)

describe('a schedule', () => {
  it.each([
    [{ minute: 5 }, '5 * * * *'],
    [{ minute: '*/5', hour: '8-17', weekday: 'mon-fri' }, '*/5 8-17 * * mon-fri'],
    [{ minute: '0,30', day: '1-31/2', month: 'Jan', weekday: 7 }, '0,30 * 1-31/2 Jan 7'],
    [{ special: 'reboot' }, '@reboot'],
  ])('%j', (given, text) => {
    expect(scheduleText(schema.parse(given))).toBe(text)
  })

  it.each([
    { minute: 60 },
    { minute: '' },
    { minute: '1 2' },
    { minute: '5-1' },
    { minute: '*/0' },
    { minute: '1/2' },
    { minute: '1,,2' },
    { minute: '-1' },
    { hour: 24 },
    { day: 0 },
    { month: 13 },
    { month: 'mon' },
    { weekday: 8 },
    { special: 'sometimes' },
    { minute: '0\n* * * * * evil' },
  ])('refuses %j', (given) => {
    expect(schema.safeParse(given).success).toBe(false)
  })
})
