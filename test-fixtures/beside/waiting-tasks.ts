import { argsOf, type TasksOf } from './tasks.js'

/** Seconds that a wait may take where nobody says. */
const usual = 60

const wait: TasksOf = (value) => {
  const { port, host, url, status, file, absent, within = usual, ...more } = argsOf('port', value)
  if (Object.keys(more).length > 0) return undefined
  if (url === undefined) {
    const what = file === undefined ? { port, ...(host === undefined ? {} : { host }) } : { path: file }
    return [{ wait_for: { ...what, state: absent === true ? 'absent' : 'present', timeout: within } }]
  }
  // It looks once, and only for what is there.
  if (absent === true) return undefined
  return [{ uri: { url, ...(status === undefined ? {} : { status_code: status }) } }]
}

/** Waiting for a port, a page or a file. */
export const waitingTasks: Readonly<Record<string, TasksOf>> = { 'net.wait': wait }
