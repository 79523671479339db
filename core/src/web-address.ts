/** Whether all programs read it as the same address of the web, so that what is shown of it is what is asked. */
export const isWebAddress = (text: string): boolean =>
  /^https?:\/\//.test(text) && !/[\s"'\\<>^`{|}\p{Cc}]/u.test(text) && URL.canParse(text)

/** Such an address as it may be shown: without user and password, and without what follows a question mark, which is often a key. */
export const shownWebAddress = (address: string): string => {
  const { origin, pathname, search } = new URL(address)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}
