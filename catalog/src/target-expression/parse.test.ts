import { ProveError } from '@prove/core'
import { describe, expect, test } from 'vitest'
import { parseTargetExpression } from './parse.js'
import { printTargetExpression } from './print.js'

const refusal = (text: string): ProveError => {
  try {
    parseTargetExpression(text)
  } catch (error) {
    if (error instanceof ProveError) return error
    throw error
  }
  throw new Error(`not refused as it should be: ${text}`)
}

describe('reads', () => {
  test.each<[string, string]>([
    ['web1', 'web1'],
    ['  web1  ', 'web1'],
    ['web-1.example.org', 'web-1.example.org'],
    ['deploy@web_1', 'deploy@web_1'],
    ['all', 'all'],
    ['*', '*'],
    ['web*', 'web*'],
    ['db[1-3]?', 'db[1-3]?'],
    ['db[!a-c]', 'db[!a-c]'],
    ['"web 1"', '"web 1"'],
    ['"web*"', '"web*"'],
    ['"a\\"b\\\\c"', '"a\\"b\\\\c"'],
    ['"web1"', 'web1'],
    ['"all"', '"all"'],
    ['/^web\\d+$/', '/^web\\d+$/'],
    ['/a\\/b/i', '/a\\/b/i'],
    ['group:web', 'group:web'],
    ['group:w*', 'group:w*'],
    ['group:/^w/', 'group:/^w/'],
    ['group:all', 'group:all'],
    ['group:"a b"', 'group:"a b"'],
    ['role:db', 'role:db'],
    ['role:not', 'role:not'],
    ['fact:os=debian', 'fact:os=debian'],
    ['fact:os = debian', 'fact:os=debian'],
    ['fact:os!=debian', 'fact:os!=debian'],
    ['fact:os=deb*', 'fact:os=deb*'],
    ['fact:os=/^deb/', 'fact:os=/^deb/'],
    ['fact:os="De Bian"', 'fact:os="De Bian"'],
    ['fact:os=""', 'fact:os=""'],
    ['fact:os=and', 'fact:os=and'],
    ['fact:os', 'fact:os'],
    ['fact:memory.total>=4096', 'fact:memory.total>=4096'],
    ['fact:osVersion<12.10', 'fact:osVersion<12.10'],
    ['fact:a<=1 and fact:b>-2', 'fact:a<=1 and fact:b>-2'],
    ['a and b or c and d', 'a and b or c and d'],
    ['a or b and c', 'a or b and c'],
    ['(a or b) and c', '(a or b) and c'],
    ['((a))', 'a'],
    ['not a and b', 'not a and b'],
    ['not (a and b)', 'not (a and b)'],
    ['not not a', 'not not a'],
    ['a,b , c', 'a or b or c'],
    ['a and b, c', 'a and b or c'],
    ['a or b, c', '(a or b) or c'],
    ['a and (b and c)', 'a and (b and c)'],
    ['(a, b) and not c', '(a or b) and not c'],
    ['notable and android', 'notable and android'],
  ])('%s', (text, printed) => {
    const expression = parseTargetExpression(text)
    expect(printTargetExpression(expression)).toBe(printed)
    expect(printTargetExpression(parseTargetExpression(printed))).toBe(printed)
  })

  test('into plain data with offsets', () => {
    const expression = parseTargetExpression('web1 and not fact:os=deb*')
    expect(structuredClone(expression)).toEqual({
      text: 'web1 and not fact:os=deb*',
      root: {
        kind: 'and',
        operands: [
          { kind: 'name', pattern: { kind: 'text', text: 'web1' }, offset: 0, length: 4 },
          {
            kind: 'not',
            operand: {
              kind: 'fact',
              fact: 'os',
              test: { operator: '=', pattern: { kind: 'glob', glob: 'deb*' } },
              offset: 13,
              length: 12,
            },
            offset: 9,
            length: 16,
          },
        ],
        offset: 0,
        length: 25,
      },
    })
  })
})

describe('refuses', () => {
  // The text, what lies under the carets, a piece of the message and of the hint.
  test.each<[string, string, string, string]>([
    ['', '', 'the expression is empty', 'write a name'],
    ['   ', '', 'the expression is empty', 'write a name'],
    ['web1 web2', 'web2', 'found "web2", expected "and", "or" or ","', 'write "or" between'],
    ['web1 AND web2', 'AND', 'found "AND", expected "and"', 'write "and" in small letters'],
    ['NOT web1', 'web1', 'found "web1", expected "and"', 'write "not" in small letters'],
    ['web1 and', '', 'found the end, expected a name or a pattern after "and"', 'remove "and"'],
    ['web1,', '', 'found the end, expected a name or a pattern after ","', 'remove ","'],
    ['not', '', 'found the end, expected a name or a pattern after "not"', 'remove "not"'],
    ['and web1', 'and', 'found "and", expected a name or a pattern', 'write a name'],
    ['web1 or and web2', 'and', 'found "and", expected a name or a pattern after "or"', 'write a name'],
    ['()', ')', 'found ")", expected a name or a pattern after "("', 'write a name'],
    ['web1 and (db*', '(', 'this "(" is never closed', 'write the ")"'],
    ['(a or (b)', '(', 'this "(" is never closed', 'write the ")"'],
    ['(a b)', 'b', 'found "b", expected "and", "or", "," or ")"', 'write "or" between'],
    ['web1)', ')', 'found ")" without a "("', 'remove it'],
    ['a && b', '&&', 'found "&&"', 'write "and" instead of "&&"'],
    ['a & b', '&', 'found "&"', 'write "and" instead of "&"'],
    ['a || b', '||', 'found "||"', 'write "or" instead of "||"'],
    ['a | b', '|', 'found "|"', 'write "or" instead of "|"'],
    ['!a', '!', 'found "!"', 'write "not" instead of "!"'],
    ['grp:web', 'grp', 'found the prefix "grp:", expected "group:", "role:" or "fact:"', 'did you mean "group"?'],
    ['groups:web', 'groups', 'found the prefix "groups:"', 'did you mean "group"?'],
    ['constructor:x', 'constructor', 'found the prefix "constructor:"', 'prefixes are group:, role: and fact:'],
    ['web:&db', 'web', 'found the prefix "web:"', 'prefixes are'],
    [':web', ':', 'found ":", expected a prefix', 'prefixes are'],
    ['"web":db', ':', 'found ":", expected "and"', 'in double quotes'],
    ['group:', '', 'found the end, expected the name of a group right after "group:"', 'group:NAME'],
    ['group: web', 'web', 'found "web", expected the name of a group right after', 'without a space'],
    ['role:(a)', '(', 'found "(", expected the name of a role', 'role:NAME'],
    ['fact:', '', 'expected the name of a fact', 'fact:NAME'],
    ['fact:o*=x', 'o*', 'found "o*", expected the name of one fact', 'write the name out'],
    ['fact:os=', '', 'found the end, expected a value after "="', 'write a value'],
    ['fact:os= and a', 'and', 'found "and", expected a value after "="', 'write a value'],
    ['fact:os==debian', '==', 'found "=="', 'write "=" instead of "=="'],
    ['fact:os=>1', '=>', 'found "=>"', 'write ">=" instead of "=>"'],
    ['fact:n>=many', 'many', 'found "many", expected a number after ">="', 'compare texts with = or !='],
    ['fact:n</1/', '/1/', 'expected a number after "<"', 'compare texts'],
    ['os=debian', '=', 'found "=", expected "and"', 'only facts are compared: fact:os=VALUE'],
    ['/web', '/', 'this regex is never closed', 'write "/" at its end'],
    ['/a\\/', '/', 'this regex is never closed', '"\\/" for a "/" inside'],
    ['a or /(/', '/(/', 'the regex is not well-formed: unterminated group', 'write "\\"'],
    ['//', '//', 'the regex is empty', 'write "all"'],
    ['/a/g', 'g', 'found "g" behind the regex', 'leave a space'],
    ['"web', '"', 'this quote is never closed', 'write the closing "'],
    ["'web'", "'", 'found "\'", expected a name', 'use double quotes'],
    ['web{1,2}', '{', 'found "{"', 'write the names out'],
    ['web[1', '[', 'this "[" is never closed', 'write "]"'],
    ['web[1:3]', '[1:3]', 'found ":" inside "[…]"', 'write "-" for a range: [1-3]'],
    ['web[1-20]', '[1-20]', '"[…]" stands for one character', 'or use a regex'],
    ['web[c-a]', '[c-a]', 'the range "c-a" runs backwards', 'turn it around'],
    ['wéb', 'é', 'found "é"', 'in double quotes'],
    ['a; b', ';', 'found ";"', 'in double quotes'],
  ])('%s', (text, under, message, hint) => {
    const error = refusal(text)
    expect([error.code, error.message, error.hint]).toEqual([
      'PRV_TARGET_EXPRESSION',
      expect.stringContaining(message),
      expect.stringContaining(hint),
    ])
    const [, shown = '', carets = ''] = error.message.split('\n')
    expect(shown).toBe(`  ${text}`)
    expect(shown.slice(carets.indexOf('^'), carets.length)).toBe(under)
    expect(carets).toMatch(/^ *\^+$/)
  })

  test('what nests too deep', () => {
    expect(refusal('('.repeat(100_000)).message).toContain('nests too deep')
    expect(refusal('not '.repeat(100_000)).message).toContain('nests too deep')
    expect(() => parseTargetExpression(`${'a and '.repeat(10_000)}a`)).not.toThrow()
  })

  test('with the part of a long or broken text around the caret', () => {
    const [, shown = '', carets = ''] = refusal(`${'web1,\t'.repeat(100)}\n|| ${'x'.repeat(200)}`).message.split('\n')
    expect([shown.length, shown.at(2), shown.at(-1)]).toEqual([124, '…', '…'])
    expect(shown.slice(carets.indexOf('^'), carets.length)).toBe('||')
  })
})
