import { isWebAddress, secret, z } from '@prove/core'

/** What is asked of a web server, and who asks. */
export interface WebRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly ca?: string | undefined
}

const isWeb = (text: string): boolean => {
  if (!isWebAddress(text)) return false
  const { username, password, hostname } = new URL(text)
  return username === '' && password === '' && hostname !== ''
}

/** A web address. Credentials have arguments of their own, which no output shows. */
export const url = (about: string): z.ZodType<string> =>
  z
    .string()
    .refine(isWeb, 'expected http://… or https://… without a user name, and with special characters as %XX')
    .meta({ description: about, kind: 'http:// or https:// address', pattern: '^https?://[^/@?#]+([/?#]|$)' })

const headerText = z.string().refine((text) => !/\p{Cc}/u.test(text), 'expected one line')

/** Arguments of functions that ask a server for something. */
export const requestArguments: {
  readonly headers: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>
  readonly username: z.ZodOptional<z.ZodString>
  readonly password: z.ZodOptional<z.ZodString>
  readonly ca: z.ZodOptional<z.ZodString>
} = {
  headers: secret(z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'expected the name of a header'), headerText))
    .optional()
    .meta({ description: 'Headers of the request; no output shows them.' }),
  username: secret(headerText.regex(/^[^:]+$/, 'expected a user name without ":"'))
    .optional()
    .meta({ description: 'The user that the server asks for.' }),
  password: secret(headerText).optional().meta({ description: 'Its password; no output shows it.' }),
  ca: z
    .string()
    .regex(/^\/[^\0\n]*$/, 'expected an absolute path')
    .optional()
    .meta({ description: 'A file of the target with the certificates that servers are checked against.' }),
}

/** What is wrong with arguments that are each right. */
export const requestConflict = ({
  username,
  password,
}: Pick<WebRequest, 'username' | 'password'>): string | undefined =>
  password !== undefined && username === undefined ? '"password" needs "username"' : undefined

/** The last name of its path, as tables of checksums have it. */
export const nameInUrl = (address: string): string => {
  const name = new URL(address).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The same for another address: credentials go to no other server. */
export const requestTo = (address: string, request: WebRequest): WebRequest => {
  const isSame = new URL(address).origin === new URL(request.url).origin
  return isSame ? { ...request, url: address } : { url: address, ca: request.ca }
}
