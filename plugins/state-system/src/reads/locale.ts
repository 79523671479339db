import { type Answered, quoteAll, type Read, type ReadKind } from '@prove/core'

interface LocaleQuery {
  readonly name: string
}

export interface LocaleAnswer {
  readonly isThere: boolean
  /** The line of locale.gen that makes it: `de_AT.UTF-8 UTF-8`; absent where the host has no list with it. */
  readonly line?: string
  /** What can make it. */
  readonly tool?: (typeof makers)[number]
}

const makers = ['locale-gen', 'localedef'] as const

/** Names differ in how they write the character set: `de_AT.UTF-8`, `de_AT.utf8`. */
const plain = (name: string): string => {
  const [, place = '', set = '', variant = ''] = /^([^.@]*)(\.[^@]*)?(@.*)?$/.exec(name) ?? []
  return `${place}${set.toLowerCase().replaceAll(/[^a-z0-9.]/g, '')}${variant}`
}

export const locale = (name: string): Read<LocaleAnswer> => ({
  kind: 'locale',
  key: `locale:${name}`,
  query: { name } satisfies LocaleQuery,
})

const script = (queries: readonly LocaleQuery[]): string => `
locale -a 2>/dev/null
echo ---
command -v locale-gen >/dev/null 2>&1 && [ -e /etc/locale.gen ] && echo locale-gen
command -v localedef >/dev/null 2>&1 && echo localedef
echo ---
for l in ${quoteAll(queries.map(({ name }) => name))}; do
while read -r name set; do case $name in "$l") echo "$name $set"; break;; esac; done 2>/dev/null </usr/share/i18n/SUPPORTED
done
echo ---`

const parse = (output: Buffer, queries: readonly LocaleQuery[]): readonly Answered<LocaleAnswer>[] => {
  const parts = output.toString('latin1').split(/^---\n/m)
  const [all, tools, lines] = parts.map((part) => part.split('\n'))
  if (parts.length !== 4 || all === undefined || tools === undefined || lines === undefined) {
    return queries.map(() => ({ ok: false, problem: 'failed', detail: 'the answer of the target broke off' }))
  }
  const there = new Set(all.map(plain))
  const tool = makers.find((each) => each === tools[0])
  return queries.map(({ name }) => {
    const line = lines.find((each) => each.startsWith(`${name} `))
    return {
      ok: true,
      value: {
        isThere: there.has(plain(name)),
        ...(line === undefined ? {} : { line }),
        ...(tool === undefined ? {} : { tool }),
      },
    }
  })
}

export const localeKind: ReadKind<LocaleQuery, LocaleAnswer> = {
  name: 'locale',
  tools: [],
  script,
  parse,
  // Where the C library keeps them, what they are made of, and the programs that make them.
  restsOn: () => ({
    paths: [
      '/usr/lib/locale',
      '/usr/share/locale',
      '/usr/share/i18n',
      '/etc/locale.gen',
      ...['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].flatMap((folder) =>
        ['locale', ...makers].map((name) => `${folder}/${name}`),
      ),
    ],
    below: true,
  }),
}
