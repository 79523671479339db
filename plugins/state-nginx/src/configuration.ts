import { quote, z } from '@prove/core'
import { temporaryOf } from '@prove/core/files'

/** Where the configuration of nginx is. */
export const root = '/etc/nginx'

/** Reads the whole configuration as a reload would, and says only what is wrong with it. */
export const test = 'nginx -t -q'

/** The same with a link in place that is not there yet, or that leads elsewhere. */
export const testWithLink = (link: string, target: string): string => `
l=${quote(link)}; was=${quote(temporaryOf(link))}
rm -f -- "$was"; ! [ -L "$l" ] || mv -fT -- "$l" "$was" || exit
ln -s -- ${quote(target)} "$l" && ${test}; r=$?
rm -f -- "$l"; ! [ -L "$was" ] || mv -fT -- "$was" "$l"
exit $r`

const isFileName = (name: string): boolean =>
  // eslint-disable-next-line no-control-regex
  !/[/\u0000-\u001f\u007f]/.test(name) && !name.startsWith('.') && name !== '' && Buffer.byteLength(name) <= 200

/** The name of a file that nginx includes: one that begins with a dot it would pass over. */
export const fileName = (about: string): z.ZodType<string, string> =>
  z
    .string()
    .refine(isFileName, 'expected the name of a file, without "/", line breaks and a dot in front')
    .meta({
      description: about,
      pattern: String.raw`^[^./\u0000-\u001f\u007f][^/\u0000-\u001f\u007f]*$`,
      patternErrorMessage: 'Expected the name of a file, without "/", line breaks and a dot in front.',
    })
