import ssh2, { type IdentityCallback, type ParsedKey } from 'ssh2'

/** An agent of which only keys count whose files were named: what IdentitiesOnly asks for. */
export class NamedKeysAgent extends ssh2.OpenSSHAgent {
  constructor(
    socket: string,
    /** Their public parts, as they are sent. */
    private readonly named: readonly Buffer[],
  ) {
    super(socket)
  }

  override getIdentities(answer: IdentityCallback<ParsedKey>): void {
    super.getIdentities((error, keys) => {
      const isNamed = (key: ParsedKey): boolean => this.named.some((each) => each.equals(key.getPublicSSH()))
      answer(
        error,
        keys?.filter((key) => isNamed('pubKey' in key ? (key.pubKey as ParsedKey) : key)),
      )
    })
  }
}
