import { describe, expect, it } from 'vitest'
import { commands } from '../commands/index.js'
import { type Command, defineCommand } from '../commands/command.js'
import { candidatesFor } from './candidates.js'

const below = (name: string): Command =>
  defineCommand({ name, about: name, heading: 'Set up', arguments: [], options: [], examples: [], run: async () => 0 })
const all = [...commands, below('plugin new'), below('plugin list')]

const valuesFor = async (line: string): Promise<readonly string[]> => {
  const words = line.split(' ')
  return (await candidatesFor(words.slice(0, -1), words.at(-1) ?? '', all)).map(({ value }) => value)
}

describe('words of the command line', () => {
  it.each([
    ['pl', ['plan', 'plugin']],
    ['hel', ['help']],
    ['--', ['--help', '--version']],
    ['plugin ', ['new', 'list']],
    ['help plugin n', ['new']],
    ['help a', ['apply', 'agent']],
    ['plan --no', ['--no-diff', '--no-speculate']],
    ['plan --no-diff --no-', ['--no-speculate']],
    ['plan --va', ['--var', '--var-file']],
    ['plan --var a=1 --va', ['--var', '--var-file']],
    ['plan -v --verb', ['--verbose']],
    ['plan -o ', ['console', 'json', 'junit', 'html']],
    ['plan --output=j', ['--output=json', '--output=junit']],
    ['plan -oj', ['-ojson', '-ojunit']],
    ['plan -vo j', ['json', 'junit']],
    ['plan -t web1 --tar', ['--target']],
    ['facts --elevate s', ['sudo', 'su']],
    ['inspect -o json v', ['vars']],
    ['inspect --component nginx v', ['vars']],
    ['facts -- --o', []],
    ['facts x', []],
    ['aply -', []],
    ['plan --concurrency ', []],
    ['graph --format=', ['--format=text', '--format=dot', '--format=mermaid']],
    ['completion z', ['zsh']],
  ])('%s', async (line, expected) => {
    expect(await valuesFor(line)).toEqual(expected)
  })
})
