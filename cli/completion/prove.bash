# Completion of Prove for bash. In ~/.bashrc:  source <(prove completion bash)

_prove() {
  local line
  COMPREPLY=()
  # Prove reads the line itself: bash cuts words at ":" and "=", which ids and options hold.
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <("${1/#\~/$HOME}" __complete bash "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" </dev/null 2>/dev/null)
  # Another program of that name knows nothing of this question, and may say anything.
  [[ ${COMPREPLY[0]-} == '#prove' ]] || COMPREPLY=('#prove')
  COMPREPLY=("${COMPREPLY[@]:1}")
  # Words that are at their end come with a space. The bash of macOS has no compopt, and gives them another.
  if ((${#COMPREPLY[@]} > 0)); then compopt -o nospace 2>/dev/null; fi
  return 0
}

# Where Prove knows no words, bash completes files.
complete -o bashdefault -o default -F _prove prove provectl
