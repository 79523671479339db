/** Cuts what is written to the shell where its frames end: `w SIZE NAME`, `x SIZE TOKEN`, and the loop itself. */
export class FramesOut {
  #left = 0
  #about = 'the loop'
  #begun = false;

  *cut(bytes) {
    let rest = bytes
    while (rest.length > 0) {
      const size = this.#left > 0 ? this.#more(rest) : this.#open(rest)
      const part = rest.subarray(0, size)
      rest = rest.subarray(size)
      yield { about: `> ${this.#about}`, part }
    }
  }

  #more({ length }) {
    const size = Math.min(this.#left, length)
    this.#left -= size
    return size
  }

  /** Bytes of a header and of as much of its frame as is here. */
  #open(bytes) {
    const line = bytes.indexOf(10) + 1
    if (!this.#begun) {
      this.#begun = true
      return line
    }
    const [kind, size, name] = bytes
      .subarray(0, line - 1)
      .toString('latin1')
      .split(' ')
    this.#about = `${kind} ${name}`
    const here = Math.min(Number(size), bytes.length - line)
    this.#left = Number(size) - here
    return line + here
  }
}

/** Puts what the shell says together to whole answers: lines until it is ready, then `TOKEN EXIT SIZE SIZE` and both outputs. */
export class FramesIn {
  #bytes = Buffer.alloc(0)
  #ready = false;

  *cut(bytes) {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    for (;;) {
      const line = this.#bytes.indexOf(10) + 1
      if (line === 0) return
      const [word, pid, out = 0, err = 0] = this.#bytes
        .subarray(0, line - 1)
        .toString('latin1')
        .split(' ')
      const size = this.#ready ? line + Number(out) + Number(err) : line
      if (this.#bytes.length < size) return
      const part = this.#bytes.subarray(0, size)
      this.#bytes = this.#bytes.subarray(size)
      if (this.#ready || word !== 'ready') yield { about: `< ${word.split('-')[0]}`, part }
      else yield { about: '< ready', part, pid: Number(pid) }
      this.#ready ||= word === 'ready'
    }
  }
}
