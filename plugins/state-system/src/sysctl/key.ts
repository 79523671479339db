import { z } from '@prove/core'

/** `net.ipv4.ip_forward`, or with slashes where a name has a dot: `net/ipv4/conf/eth0.1/forwarding`. */
export const sysctlKey = (about: string): z.ZodString =>
  z
    .string()
    .regex(/^[\w@:-]+(?:\.[\w@:-]+)+$|^[\w@:.-]+(?:\/[\w@:.-]+)+$/, 'expected a name such as "net.ipv4.ip_forward"')
    .refine((name) => !/(?:^|\/)\.{1,2}(?:\/|$)/.test(name), 'expected a name such as "net.ipv4.ip_forward"')
    .meta({ description: about })

const partsOf = (name: string): readonly string[] => name.split(name.includes('/') ? '/' : '.')

/** Where the kernel has it. */
export const procPath = (name: string): string => `/proc/sys/${partsOf(name).join('/')}`

/** One spelling for all that mean the same. */
export const canonicalKey = (name: string): string => partsOf(name).join('/')

/** Settings that the kernel changes together. */
const coupled: readonly (readonly string[])[] = [
  ['vm/dirty_bytes', 'vm/dirty_ratio'],
  ['vm/dirty_background_bytes', 'vm/dirty_background_ratio'],
  ['vm/overcommit_kbytes', 'vm/overcommit_ratio'],
]

/** What a setting rests on beside itself: another name of the same thing, or one that sets others along with it. */
export const alsoRestsOn = (name: string): readonly string[] => {
  const key = canonicalKey(name)
  const [first, second, third] = key.split('/')
  if (first === 'net' && (third === 'conf' || third === 'neigh' || key === 'net/ipv4/ip_forward')) {
    return ['conf', 'neigh', 'ip_forward'].map((each) => `/proc/sys/net/${second}/${each}`)
  }
  return (coupled.find((group) => group.includes(key)) ?? []).map((each) => `/proc/sys/${each}`)
}

/** As the kernel may write it: blanks count as one. */
export const plainValue = (value: string): string => value.trim().split(/\s+/).join(' ')
