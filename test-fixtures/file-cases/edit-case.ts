/** What becomes of a file: a title, arguments beside the path, what the file holds, and what it then holds, or `blocked: ` and why it is left alone. */
export type EditCase = readonly [title: string, args: Readonly<Record<string, unknown>>, before: string, after: string]
