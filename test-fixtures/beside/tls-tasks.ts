import { isIP } from 'node:net'
import { dirname } from 'node:path'
import type { AnsibleTask, Args } from '../file-cases/ansible-task.js'
import { argsOf, given, isKnown, type TasksOf, type Words, word, words } from './tasks.js'

const attributes = { owner: 'owner', group: 'group', mode: 'mode' }
const naming = ['names', 'subject']
const placing = ['path', ...Object.keys(attributes), 'create_parents']

const curves: Readonly<Record<string, string>> = { 256: 'secp256r1', 384: 'secp384r1', 521: 'secp521r1' }

const kindOf = ({ type = 'ecdsa', bits }: Args): Words => {
  if (type === 'rsa') return { type: 'RSA', size: bits ?? 3072 }
  if (type === 'ed25519') return { type: 'Ed25519' }
  return { type: 'ECC', curve: curves[word(bits ?? 256)] }
}

/** Whether a key that is there may be replaced, and has to be of the kind. */
const regenerateOf = ({ type, replace }: Args): string => {
  if (replace === true) return 'full_idempotence'
  return type === undefined ? 'never' : 'fail'
}

/** The directory that a file is in, where it is to be made. */
const parentOf = ({ path, create_parents: isMade }: Args): readonly AnsibleTask[] =>
  isMade === true ? [{ file: { path: dirname(word(path)), state: 'directory' } }] : []

const key: TasksOf = (value) => {
  const args = argsOf('path', value)
  if (!isKnown(args, ...placing, 'type', 'bits', 'replace')) return undefined
  const wanted = { path: args['path'], ...given(args, attributes), ...kindOf(args), regenerate: regenerateOf(args) }
  return [...parentOf(args), { 'community.crypto.openssl_privatekey': wanted }]
}

/** A name with its kind in front. */
const alternative = (name: string): string => {
  if (name.includes('://')) return `URI:${name}`
  if (name.includes('@')) return `email:${name}`
  return `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`
}

const subjectFields: Readonly<Record<string, string>> = {
  country: 'C',
  state: 'ST',
  locality: 'L',
  organization: 'O',
  organizational_unit: 'OU',
  common_name: 'CN',
  email: 'emailAddress',
}

const namingOf = ({ names, subject }: Args): Words => {
  const all = words(names)
  const fields = (subject ?? { common_name: all[0] }) as Readonly<Record<string, unknown>>
  return {
    subject_ordered: Object.entries(subjectFields).flatMap(([ours, theirs]) =>
      fields[ours] === undefined ? [] : [{ [theirs]: fields[ours] }],
    ),
    ...(all.length === 0 ? {} : { subject_alt_name: all.map(alternative) }),
    use_common_name_for_san: false,
  }
}

const request = (args: Args, more: Words): AnsibleTask => ({
  'community.crypto.openssl_csr': { privatekey_path: args['key'], ...namingOf(args), ...more },
})

const csr: TasksOf = (value) => {
  const args = argsOf('path', value)
  if (!isKnown(args, ...placing, ...naming, 'key')) return undefined
  return [...parentOf(args), request(args, { path: args['path'], ...given(args, attributes) })]
}

const usageNames: Readonly<Record<string, string>> = {
  server: 'serverAuth',
  client: 'clientAuth',
  code: 'codeSigning',
  email: 'emailProtection',
}

/** Who signs it, and for how long. */
const signing = (args: Args, days: unknown): Words => {
  const until = `+${word(days)}d`
  const { ca_certificate: authority } = args
  if (authority === undefined)
    return { provider: 'selfsigned', privatekey_path: args['key'], selfsigned_not_after: until }
  return { provider: 'ownca', ownca_path: authority, ownca_privatekey_path: args['ca_key'], ownca_not_after: until }
}

/** What a certificate says stands in a request of its own, which is no change by itself. */
const issued = (args: Args, days: number, extensions: Words): readonly AnsibleTask[] => {
  const path = `/var/tmp/${encodeURIComponent(word(args['path']))}.csr`
  const wanted = { path: args['path'], ...given(args, attributes), csr_path: path }
  return [
    ...parentOf(args),
    { ...request(args, { path, ...extensions }), changed_when: false },
    { 'community.crypto.x509_certificate': { ...wanted, ...signing(args, args['days'] ?? days) } },
  ]
}

const critical = (isAuthority: boolean, usage: readonly string[]): Words => ({
  basic_constraints: [`CA:${isAuthority ? 'TRUE' : 'FALSE'}`],
  basic_constraints_critical: true,
  key_usage: usage,
  key_usage_critical: true,
})

const validity = ['days', 'renew_before']

const certificate: TasksOf = (value) => {
  const args = argsOf('path', value)
  if (!isKnown(args, ...placing, ...naming, ...validity, 'key', 'usage', 'ca_certificate', 'ca_key')) return undefined
  const usages = words(args['usage'] ?? 'server').map((usage) => usageNames[usage])
  return issued(args, 365, { ...critical(false, ['digitalSignature']), extended_key_usage: usages })
}

const ca: TasksOf = (value) => {
  const args = argsOf('path', value)
  if (!isKnown(args, ...placing, ...naming, ...validity, 'key')) return undefined
  return issued(args, 3650, critical(true, ['keyCertSign', 'cRLSign']))
}

/** Keys, requests and certificates. Nothing of theirs looks at how long a certificate is still good. */
export const tlsTasks: Readonly<Record<string, TasksOf>> = {
  'tls.key': key,
  'tls.csr': csr,
  'tls.certificate': certificate,
  'tls.ca': ca,
}
