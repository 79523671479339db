/** Help was shown because nothing was asked: no error to tell, and no success. */
export class NothingAsked extends Error {
  override readonly name = 'NothingAsked'
}
