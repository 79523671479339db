import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Asks, messageOf, ProveError } from '@prove/core'
import ssh2, { type AnyAuthMethod } from 'ssh2'
import { NamedKeysAgent } from './named-keys-agent.js'
import type { SshOptions } from './ssh-options.js'
import type { SshSettings } from './ssh-settings.js'

/** Ways to log in, in the order they are tried, and what became of those that fell out. */
export interface Identities {
  readonly methods: readonly AnyAuthMethod[]
  /** Of keys that could not be used: told where nobody is let in. */
  readonly passedOver: readonly string[]
  /** Whether a person could help: by a passphrase, or a password. */
  readonly mayAsk: boolean
}

type Commands = Pick<SshOptions, 'passphraseCommand' | 'passwordCommand'>

/**
 * Nobody is asked for what may not be needed: first all is tried that opens without. Throws PRV_TARGET_UNREACHABLE where a command for a secret fails.
 */
export const identitiesOf = async (
  { user, identityFiles, identitiesOnly, agent }: SshSettings,
  { passphraseCommand, passwordCommand }: Commands,
  { ask, password: typed }: Asks = {},
  { asking = false } = {},
): Promise<Identities> => {
  const passedOver: string[] = []
  let passphrase: string | undefined
  let isLocked = false
  const methods: AnyAuthMethod[] = []
  for (const file of identityFiles) {
    const text = textOf(file)
    if (text === undefined) {
      if (!isUsual(file) && publicPartOf(file).length === 0) {
        passedOver.push(`${file} ${existsSync(file) ? 'cannot be read' : 'does not exist'}`)
      }
      continue
    }
    const plain = openedFor(ask).get(file) ?? keyIn(text)
    if (plain !== undefined) methods.push({ type: 'publickey', username: user, key: plain })
    else if (passphraseCommand !== undefined) {
      // oxlint-disable-next-line no-await-in-loop -- a person may be asked
      passphrase ??= await firstLineOf(passphraseCommand, 'passphraseCommand')
      const key = keyIn(text, passphrase)
      if (key === undefined) passedOver.push(`${file} does not open with what "passphraseCommand" printed`)
      else methods.push({ type: 'publickey', username: user, key })
    } else if (asking && ask !== undefined && isEncrypted(text)) {
      // oxlint-disable-next-line no-await-in-loop -- one question after the other
      const key = keyIn(text, await ask(`passphrase of ${file}: `))
      if (key === undefined) passedOver.push(`${file} does not open with what was typed`)
      else {
        openedFor(ask).set(file, key)
        methods.push({ type: 'publickey', username: user, key })
      }
    } else {
      const isOne = isEncrypted(text)
      isLocked ||= isOne
      passedOver.push(`${file} is ${isOne ? 'encrypted' : 'no private key'}`)
    }
  }
  // The agent's keys come first, as with OpenSSH.
  if (agent !== undefined && !identitiesOnly) methods.unshift({ type: 'agent', username: user, agent })
  else if (agent !== undefined) {
    const named = identityFiles.flatMap(publicPartOf)
    if (named.length > 0) methods.unshift({ type: 'agent', username: user, agent: new NamedKeysAgent(agent, named) })
  }
  const password =
    passwordCommand === undefined
      ? await (asking ? typed?.() : undefined)
      : await firstLineOf(passwordCommand, 'passwordCommand')
  if (password !== undefined) {
    methods.push({ type: 'password', username: user, password })
    methods.push({
      type: 'keyboard-interactive',
      username: user,
      // What asks without showing what is typed asks for the password.
      prompt: (_name, _instructions, _language, prompts, finish) =>
        finish(prompts.map(({ echo }) => (echo === true ? '' : password))),
    })
  }
  const mayAsk = (isLocked && ask !== undefined) || (passwordCommand === undefined && typed !== undefined)
  return { methods, passedOver, mayAsk }
}

/** Where OpenSSH looks for keys unasked; most of them are never there. */
const isUsual = (file: string): boolean => /\/\.ssh\/id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?$/.test(file)

const textOf = (file: string): Buffer | undefined => {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** Of a private key that is encrypted, the file beside it has it; a file may also be public itself. */
const publicPartOf = (file: string): readonly Buffer[] => {
  for (const name of [`${file}.pub`, file]) {
    const parsed = ssh2.utils.parseKey(textOf(name) ?? '')
    if (!(parsed instanceof Error)) return [parsed].flat().map((key) => key.getPublicSSH())
  }
  return []
}

type Keys = Map<string, ssh2.ParsedKey>

/** Keys that somebody has typed the passphrase of, for as long as there is somebody to ask. */
const opened = new WeakMap<object, Keys>()

const openedFor = (ask: Asks['ask']): Keys => {
  const keys: Keys = (ask === undefined ? undefined : opened.get(ask)) ?? new Map()
  if (ask !== undefined) opened.set(ask, keys)
  return keys
}

const isEncrypted = (text: Buffer): boolean => {
  const parsed = ssh2.utils.parseKey(text)
  return parsed instanceof Error && /encrypted|passphrase/i.test(parsed.message)
}

/** Undefined for a key that does not open. */
const keyIn = (text: Buffer, passphrase?: string): ssh2.ParsedKey | undefined => {
  const parsed = ssh2.utils.parseKey(text, passphrase)
  if (parsed instanceof Error) return undefined
  const [key] = [parsed].flat()
  return key?.isPrivateKey() === true ? key : undefined
}

const firstLineOf = async (command: readonly string[], option: string): Promise<string> => {
  const [program = '', ...words] = command
  try {
    return (await promisify(execFile)(program, words)).stdout.split(/\r?\n/)[0] ?? ''
  } catch (error) {
    // What it printed may be half of a secret.
    const code = (error as { readonly code?: unknown }).code
    const why = typeof code === 'number' ? `it ended with ${code}` : messageOf(error).split('\n')[0]
    throw new ProveError('PRV_TARGET_UNREACHABLE', `"${option}" gave nothing: ${why}`, {
      hint: `run it by hand: ${program}`,
    })
  }
}
