import { path } from '../arguments.js'

const absolute = path('')

/** The one argument of a read of a path, as clean as an argument of a state. Throws an Error that says what is wrong. */
export const onlyPath = (args: readonly unknown[]): string => {
  const parsed = absolute.safeParse(onlyOne(args, 'path'))
  if (parsed.success) return parsed.data
  throw new Error('expected an absolute path without "." and ".."')
}

export const onlyOne = (args: readonly unknown[], name: string): unknown => {
  if (args.length === 1) return args[0]
  throw new Error(`expected one argument, the ${name}, found ${args.length === 0 ? 'none' : args.length}`)
}
