import { describe, expect, it } from 'vitest'
import { commandText, unitSections, unitText } from './unit-text.js'

it('is made of sections in their order', () => {
  const sections = unitSections.parse({
    Unit: { Description: 'The application', After: 'network.target' },
    Service: { ExecStart: ['', '/bin/app'], Nice: -5, DynamicUser: true, KillMode: 'mixed', GuessMainPID: false },
    'X-Own': {},
  })
  expect(unitText(sections)).toBe(`[Unit]
Description=The application
After=network.target

[Service]
ExecStart=
ExecStart=/bin/app
Nice=-5
DynamicUser=yes
KillMode=mixed
GuessMainPID=no

[X-Own]
`)
})

it.each([
  ['a break', { Service: { ExecStart: '/bin/a\nUser=root' } }],
  ['a backslash that leads over the break', { Service: { ExecStart: '/bin/a \\' } }],
  ['a setting that would be a section', { Service: { '[Install]': 'x' } }],
  ['a section that would be two lines', { 'a]\nb': {} }],
  ['a map', { Service: { Environment: { A: '1' } } }],
])('is refused with %s', (_title, sections) => expect(unitSections.safeParse(sections).success).toBe(false))

describe('a command line', () => {
  it.each([
    ['text for a shell', 'echo "$HOME" 100%\n', String.raw`"/bin/sh" "-c" "echo \"$$HOME\" 100%%\n"`],
    [
      'words',
      ['/bin/echo', 'a b', '', "it's", '$x', '%i', 'C:\\'],
      String.raw`"/bin/echo" "a b" "" "it's" "$$x" "%%i" "C:\\"`,
    ],
  ])('is %s', (_title, command, line) => expect(commandText(command)).toBe(line))
})
