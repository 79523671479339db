import type { SourceText } from '@prove/core'
import { type ConnectionName, connectionNames } from './connection-names.js'
import { placed, type Placed, placedMap } from './placed.js'

/** Finds the value of a variable for a host: its own, or that of its innermost group. */
export type FindVariable = (name: string) => Placed | undefined

/** The fields of a target that say how to reach it. */
export const connectionFields = (source: SourceText, find: FindVariable, at: number): ReadonlyMap<string, Placed> => {
  const reader = new ConnectionReader(source, find)
  const executor = reader.executor()
  const fields = new Map<string, Placed>()
  const add = (name: string, value: Placed | undefined): void => {
    if (value !== undefined) fields.set(name, value)
  }
  add('host', reader.text('host'))
  add('executor', executor)
  // Ansible too runs on its own machine whatever port and user are set for all.
  if (executor?.value !== 'local') add('options', reader.options(at))
  add('elevate', reader.elevate())
  return fields
}

const executors: Readonly<Record<string, string>> = { smart: 'ssh', paramiko: 'ssh', paramiko_ssh: 'ssh' }
const methods = ['sudo', 'doas', 'su']

class ConnectionReader {
  constructor(
    private readonly source: SourceText,
    private readonly find: FindVariable,
  ) {}

  text(field: ConnectionName): Placed | undefined {
    const found = this.#find(field)
    if (found === undefined) return undefined
    if (typeof found.value === 'number') return { ...found, value: String(found.value) }
    if (typeof found.value === 'string' && found.value !== '') return found
    throw this.source.error(`${found.name} is not a text`, found.node.at, 'write a name or an address')
  }

  executor(): Placed | undefined {
    const found = this.text('connection')
    if (found === undefined) return undefined
    const name = String(found.value).replace(/^ansible\.(?:builtin|legacy)\./, '')
    return { ...found, value: Object.hasOwn(executors, name) ? executors[name] : name }
  }

  options(at: number): Placed | undefined {
    const written = [
      ['port', this.#port()],
      ['user', this.text('user')],
      ['identityFile', this.text('identityFile')],
    ] as const
    const fields = new Map(written.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
    return fields.size === 0 ? undefined : placedMap(at, fields)
  }

  elevate(): Placed | undefined {
    const become = this.#find('become')
    if (become === undefined || !this.#isTrue(become)) return undefined
    const written = this.text('becomeMethod')
    const method = written === undefined ? 'sudo' : String(written.value).replace(/^(?:\w+\.){2}/, '')
    if (!methods.includes(method)) {
      const message = `Prove cannot become another user by "${method}"`
      throw this.source.error(message, written?.node.at ?? become.node.at, `use ${methods.join(', ')}`)
    }
    const by = placed(method, (written ?? become).keyAt, (written ?? become).node.at)
    const user = this.text('becomeUser')
    if (user === undefined || user.value === 'root') return by
    const fields = new Map([
      ['method', by],
      ['user', user],
    ])
    return { ...placedMap(become.node.at, fields), keyAt: become.keyAt }
  }

  #find(field: ConnectionName): (Placed & { readonly name: string }) | undefined {
    const name = connectionNames[field].findLast((each) => (this.find(each)?.value ?? null) !== null)
    const found = name === undefined ? undefined : this.find(name)
    if (name === undefined || found === undefined) return undefined
    if (typeof found.value === 'string' && /\{[{%]/.test(found.value)) {
      throw this.source.error(`${name} is a template, which Prove does not render`, found.node.at, 'write its value')
    }
    return { ...found, name }
  }

  #port(): Placed | undefined {
    const found = this.#find('port')
    if (found === undefined) return undefined
    const isNumeric = typeof found.value === 'number' || /^\d+$/.test(String(found.value))
    const port = isNumeric ? Number(found.value) : Number.NaN
    if (Number.isInteger(port) && port >= 1 && port <= 65_535) return { ...found, value: port }
    throw this.source.error(`${found.name} is not a port`, found.node.at, 'write a number from 1 to 65535')
  }

  #isTrue({ value, name, node }: Placed & { readonly name: string }): boolean {
    const word = String(value).toLowerCase()
    if (['true', 'yes', 'on', 'y', 't', '1'].includes(word)) return true
    if (['false', 'no', 'off', 'n', 'f', '0'].includes(word)) return false
    throw this.source.error(`${name} is neither true nor false`, node.at, 'write true or false')
  }
}
