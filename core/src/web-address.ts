/** Whether all programs read it as the same address of the web, so that what is shown of it is what is asked. */
export const isWebAddress = (text: string): boolean =>
  /^https?:\/\//.test(text) && !/[\s"'\\<>^`{|}\p{Cc}]/u.test(text) && URL.canParse(text)

/** Such an address as it may be shown: without user and password, and without what follows a question mark, which is often a key. */
export const shownWebAddress = (address: string): string => {
  const { origin, pathname, search } = new URL(address)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}

/** No scheme is longer. A long line would else be looked through once for each of its letters. */
const addresses = /[a-z][a-z\d+.-]{0,30}:\/\/[^\s"'`]+/gi

/** A text as it may be shown: the addresses in it without what lets in. One that is an address as a whole may hold quotes. */
export const withoutCredentials = (text: string): string =>
  /^[a-z][a-z\d+.-]*:\/\/\S*$/i.test(text) ? shownAddress(text) : text.replaceAll(addresses, shownAddress)

/** A user alone is often a token on the web, and what follows a question mark a key; the user of ssh says where. */
const shownAddress = (address: string): string => {
  const [, scheme = '', user, rest = ''] = /^(.*?:\/\/)(?:([^/?#]*)@)?(.*)$/.exec(address) ?? []
  const isWeb = /^https?:/i.test(scheme)
  const isShown = user === undefined || (!isWeb && !user.includes(':'))
  const before = user === undefined ? '' : isShown ? `${user}@` : 'secret@'
  return `${scheme}${before}${isWeb ? rest.replace(/\?[^#]+/, '?secret') : rest}`
}
