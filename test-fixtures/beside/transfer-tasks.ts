import type { AnsibleTask, Args } from '../file-cases/ansible-task.js'
import { argsOf, given, isKnown, type TasksOf, type Words, word, words } from './tasks.js'

/** A table is behind the name of what it holds, which has to be known. */
const checksumOf = ({ checksum, checksum_url: table }: Args): Words => {
  if (table !== undefined) return { checksum: `sha256:${word(table)}` }
  return checksum === undefined ? {} : { checksum }
}

const transfer = {
  url: 'url',
  username: 'url_username',
  password: 'url_password',
  headers: 'headers',
  timeout: 'timeout',
}
const attributes = { owner: 'owner', group: 'group', mode: 'mode' }

const download: TasksOf = (value) => {
  const args = argsOf('url', value)
  const names = { ...transfer, ...attributes, path: 'dest', backup: 'backup', refresh: 'force' }
  if (!isKnown(args, ...Object.keys(names), 'checksum', 'checksum_url')) return undefined
  const basic = args['username'] === undefined ? {} : { force_basic_auth: true }
  return [{ get_url: { ...given(args, names), ...checksumOf(args), ...basic } }]
}

/** The arguments of tar, and of unzip, are not the same: only those of tar have names to leave out. */
const stripOf = ({ strip }: Args): Words =>
  strip === undefined ? {} : { extra_opts: [`--strip-components=${word(strip)}`] }

const isZip = ({ archive }: Args): boolean => archive !== undefined && word(archive).endsWith('.zip')

/** An archive of a server that has a checksum is fetched first. */
const extracted: TasksOf = (value) => {
  const args = argsOf('archive', value)
  const { path, archive, strip, exclude, include } = args
  const source = [...Object.keys(transfer), 'checksum', 'checksum_url']
  if (!isKnown(args, ...source, 'path', 'archive', 'strip', 'exclude', 'include', 'owner', 'group')) return undefined
  if (strip !== undefined && isZip(args)) return undefined
  const dest = '/var/tmp/fetched'
  const fetched: readonly AnsibleTask[] =
    archive === undefined ? [{ get_url: { ...given(args, transfer), ...checksumOf(args), dest } }] : []
  const unpacked = {
    src: archive ?? dest,
    dest: path,
    remote_src: true,
    ...given(args, { owner: 'owner', group: 'group' }),
    ...stripOf(args),
    ...(exclude === undefined ? {} : { exclude: words(exclude) }),
    ...(include === undefined ? {} : { include: words(include) }),
  }
  return [...fetched, { file: { path, state: 'directory' } }, { unarchive: unpacked }]
}

/** What comes from servers and out of archives. */
export const transferTasks: Readonly<Record<string, TasksOf>> = {
  'file.download': download,
  'archive.extracted': extracted,
}
