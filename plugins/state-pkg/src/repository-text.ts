/** What is declared of a repository, as far as its description shows it. */
export interface RepositoryArguments {
  readonly name: string
  readonly types?: readonly string[] | undefined
  readonly uris?: readonly string[] | undefined
  readonly suites?: readonly string[] | undefined
  readonly components?: readonly string[] | undefined
  readonly architectures?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
  readonly trusted?: boolean | undefined
  readonly signed_by?: string | undefined
}

/** Where APT looks for repositories. */
export const sourcesPath = ({ name }: Pick<RepositoryArguments, 'name'>): string =>
  `/etc/apt/sources.list.d/${name}.sources`

/** Where the key is that came with a repository. */
export const keyPath = ({ name }: Pick<RepositoryArguments, 'name'>): string => `/etc/apt/keyrings/${name}.asc`

/** The description of a repository in the deb822 form. */
export const repositoryText = (given: RepositoryArguments, signedBy: string | undefined): string => {
  const fields: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['Enabled', given.enabled === false ? ['no'] : undefined],
    ['Types', given.types ?? ['deb']],
    ['URIs', given.uris],
    ['Suites', given.suites],
    ['Components', given.components],
    ['Architectures', given.architectures],
    ['Signed-By', signedBy === undefined ? undefined : [signedBy]],
    ['Trusted', given.trusted === true ? ['yes'] : undefined],
  ]
  const lines = fields.flatMap(([name, values]) => (values === undefined ? [] : [`${name}: ${values.join(' ')}\n`]))
  return `# Kept by Prove; changes by hand will be undone.\n${lines.join('')}`
}
