/** Whoever runs Prove has asked to end, and what was going on had nothing to finish. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
