#compdef prove provectl
# Completion of Prove for zsh. In ~/.zshrc:  source <(prove completion zsh)

_prove() {
  local line kind value about program=${(Q)words[1]}
  local -a answer ended open
  program=${program/#\~/$HOME}
  answer=("${(@f)$("$program" __complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" </dev/null 2>/dev/null)}")
  # Another program of that name knows nothing of this question, and may say anything.
  [[ $answer[1] = '#prove' ]] || answer=()
  for line in "${(@)answer[2,-1]}"; do
    IFS=$'\t' read -r kind value about <<<"$line"
    # What stands behind a colon is a description to _describe.
    value=${${value//\\/\\\\}//:/\\:}
    [[ -n $about ]] && value+=":$about"
    if [[ $kind = open ]]; then open+=("$value"); else ended+=("$value"); fi
  done
  # Where Prove knows no words, zsh completes files.
  if (( $#ended + $#open == 0 )); then
    _files
    return
  fi
  local found=1
  (( $#ended )) && _describe -t prove prove ended && found=0
  (( $#open )) && _describe -t prove prove open -S '' && found=0
  return found
}

if [[ $funcstack[1] = _prove ]]; then
  _prove "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _prove prove provectl
fi
