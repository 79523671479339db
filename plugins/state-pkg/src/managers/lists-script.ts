import { quoteAll } from '@prove/core'

/** Shell text that tells the age of the newest of what these patterns match, and whether one of these configurations is newer. */
export const listsScript = (patterns: readonly string[], configurations: readonly string[]): string => `
l=
for f in ${patterns.join(' ')}; do if [ -e "$f" ] && { [ -z "$l" ] || [ "$f" -nt "$l" ]; }; then l=$f; fi; done
if [ -n "$l" ]; then echo "age $(($(date +%s)-$(stat -c %Y "$l")))"
[ -z "$(find ${quoteAll(configurations)} -newer "$l" 2>/dev/null)" ] || echo outdated; fi`
