/** Schemes of crypt(5) that systems take today, by the text between the first two dollars. */
const hash = /^\$(?:1|2[abxy]|5|6|7|y|gy|sha1)\$[./0-9A-Za-z$=,+-]{20,}$/

/** Whether a text is a hash as /etc/shadow holds it, or `*`, which no password matches. A password itself is neither. */
export const isCryptHash = (text: string): boolean => text === '*' || hash.test(text)
