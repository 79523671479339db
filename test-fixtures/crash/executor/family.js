import { readFileSync } from 'node:fs'

export const childrenOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

const signal = (pid, name) => {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended meanwhile.
  }
}

const isRunning = (pid) => {
  try {
    return !/\) [TZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

/** Stops a process, so that it begins nothing more, then all that it has begun. */
const stopped = (pid) => {
  signal(pid, 'SIGSTOP')
  while (isRunning(pid));
  return [pid, ...childrenOf(pid).flatMap(stopped)]
}

/** Ends a process and all that it has begun, in whatever group or session, as if the power was cut. */
export const endFamily = (pid) => {
  for (const each of stopped(pid)) signal(each, 'SIGKILL')
}
