/** The address of a repository, apart from who asks for it. */
export interface Repository {
  /** Without user and password: this is what git is given, keeps and shows. */
  readonly url: string
  readonly credentials?: { readonly username: string; readonly password: string }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Takes user and password out of a URL, for a user alone may be a token; a user of ssh stays, for it says where. */
export const repositoryOf = (written: string): Repository => {
  const [, scheme = '', username = '', password, rest = ''] =
    /^(\w[\w+.-]*:\/\/)([^/:]*)(?::([^/]*))?@(.*)$/s.exec(written) ?? []
  if (scheme === '') return { url: written }
  // ssh has no use for a password in a URL.
  if (!/^https?:/i.test(scheme)) return { url: `${scheme}${username}@${rest}` }
  return { url: `${scheme}${rest}`, credentials: { username: decoded(username), password: decoded(password ?? '') } }
}

/** Whether two addresses are one, as far as writing goes. */
export const isSameUrl = (a: string, b: string): boolean => {
  const plain = (url: string): string => repositoryOf(url).url.replace(/\/+$/, '')
  return plain(a) === plain(b)
}
