#compdef ast
# Completion of ast for zsh, written by: ast completion zsh
# Source it in .zshrc, or store it as _ast in a directory of $fpath.

_ast() {
    emulate -L zsh
    local value description
    local -i width=0 i
    local -a before values descriptions lines folders folder_lines

    # The program gets the words without their quotes. Nothing is evaluated.
    ((CURRENT > 2)) && before=("${(@Q)words[2,CURRENT-1]}")
    while IFS=$'\t' read -r value description; do
        values+=("$value")
        descriptions+=("$description")
        ((${#value} > width)) && width=${#value}
    done < <(command ast __complete -- "${before[@]}" "${(Q)PREFIX}" 2>/dev/null)

    for ((i = 1; i <= ${#values}; i++)); do
        value=${values[i]}
        description=${descriptions[i]:+${(r:width:)value}  ${descriptions[i]}}
        if [[ $value == */ ]]; then
            folders+=("$value") folder_lines+=("${description:-$value}")
        else
            lines+=("${description:-$value}")
        fi
    done
    values=(${values:#*/})
    ((${#values} + ${#folders})) || return 1
    # In the order of the program, the likeliest first. A directory is not the end of a word.
    ((${#values})) && compadd -V ast -l -d lines -a values
    ((${#folders})) && compadd -V ast-folders -S '' -l -d folder_lines -a folders
    return 0
}

if [[ ${funcstack[1]} == _ast ]]; then
    _ast "$@"
else
    (($+functions[compdef])) || { autoload -Uz compinit && compinit -D }
    compdef _ast ast
fi
