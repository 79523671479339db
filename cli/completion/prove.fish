# Completion of Prove for fish. In ~/.config/fish/config.fish:  prove completion fish | source

function __prove_complete
    set -l words (commandline -opc)
    # Variables before the command: NAME=value prove plan
    while string match -qr '^\w+=' -- $words[1]
        set -e words[1]
    end
    set -l program (string replace -r '^~(?=/)' $HOME -- $words[1])
    set -e words[1]
    set -l current (commandline -ct)
    set -l answer ($program __complete fish $words "$current" </dev/null 2>/dev/null)
    # Another program of that name knows nothing of this question, and may say anything.
    if test "$answer[1]" = '#prove'; and test (count $answer) -gt 1
        printf '%s\n' $answer[2..-1]
    else
        # Where Prove knows no words, fish completes files.
        __fish_complete_path "$current"
    end
end

complete -c prove -f -a '(__prove_complete)'
complete -c provectl -f -a '(__prove_complete)'
