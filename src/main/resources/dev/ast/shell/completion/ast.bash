# Sets REPLY to a word without its quotes, and QUOTE to the quote that is still open at its end. Nothing is evaluated.
_ast_unquote() {
    local word=$1 i char
    REPLY='' QUOTE=''
    for ((i = 0; i < ${#word}; i++)); do
        char=${word:i:1}
        case $QUOTE$char in
            "'" | '"') QUOTE=$char ;;
            "''" | '""') QUOTE='' ;;
            '\') i=$((i + 1)) REPLY+=${word:i:1} ;;
            '"\')
                case ${word:i+1:1} in
                    ['"\$`']) i=$((i + 1)) REPLY+=${word:i:1} ;;
                    *) REPLY+=$char ;;
                esac
                ;;
            *) REPLY+=$char ;;
        esac
    done
}

# Adds a value to COMPREPLY if it begins with the second word, written so that bash reads it back as one word.
_ast_add() {
    local value=$1
    [[ $value == "$2"* ]] || return 0
    value=$3$value
    case $QUOTE in
        '') printf -v value %q "$value" ;;
        "'") value=${value//"'"/"'\\''"} ;;
        '"')
            value=${value//'\'/'\\'}
            value=${value//'"'/'\"'}
            value=${value//'$'/'\$'}
            value=${value//'`'/'\`'}
            ;;
    esac
    COMPREPLY+=("$value")
}

# Adds what a description of values names: of a kind, for the text typed so far, after a prefix such as --output=.
_ast_propose() {
    local kind=$1 typed=$2 prefix=$3 word
    kind=${kind#maybe }
    case $kind in
        'words '*) for word in ${kind#words }; do _ast_add "$word" "$typed" "$prefix"; done ;;
        command)
            _ast_words "${rest# }"
            for word in $REPLY; do _ast_add "$word" "$typed" "$prefix"; done
            ;;
        file)
            while IFS= read -r word; do
                _ast_add "$word" "$typed" "$prefix"
            done < <(compgen -f -- "$typed")
            compopt -o filenames 2>/dev/null
            ;;
        ask)
            while IFS=$'\t' read -r word _; do
                _ast_add "${word#"$prefix"}" "$typed" "$prefix"
            done < <(command ast __complete -- "${plain[@]}" "$current" 2>/dev/null)
            ;;
    esac
}

_ast() {
    local IFS=$' \t\n' i word glued='' current='' rest='' path='' count=0
    local REPLY='' QUOTE='' closed='' ended='' waiting='' given=' ' letter options many argument=''
    local -a typed=() plain=()
    COMPREPLY=()

    # bash splits at = and : as well; put those words together again.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#typed[@]} > 0)) && [[ $glued || $word == [=:]* ]]; then
            typed[${#typed[@]}-1]+=$word
        else
            typed+=("$word")
        fi
        [[ $word && -z ${word//[=:]/} ]] && glued=1 || glued=''
    done

    # What the words before the cursor mean.
    for ((i = 0; i < ${#typed[@]} - 1; i++)); do
        _ast_unquote "${typed[i]}"
        word=$REPLY
        plain+=("$word")
        if [[ $waiting && ! ( $waiting == maybe* && $word == -* ) ]]; then
            waiting=''
            continue
        fi
        waiting=''
        if [[ $ended || $word == - || $word != -* ]]; then
            _ast_words "$path"
            options=" $REPLY "
            if [[ -z $closed && $word && $options == *" $word "* ]]; then
                path=${path:+$path }$word
            else
                closed=1 count=$((count + 1)) rest+=" $word"
            fi
        elif [[ $word == -- ]]; then
            ended=1 closed=1
        elif [[ $word == --*=* ]]; then
            given+="${word%%=*} "
        elif [[ $word == --* ]]; then
            given+="$word "
            _ast_values "$path $word"
            waiting=$REPLY
        else
            for ((letter = 1; letter < ${#word}; letter++)); do
                _ast_letter "$path -${word:letter:1}"
                [[ $REPLY ]] || continue
                given+="$REPLY "
                _ast_values "$path $REPLY"
                if [[ $REPLY ]]; then
                    ((letter == ${#word} - 1)) && waiting=$REPLY
                    break
                fi
            done
        fi
    done

    i=$((${#typed[@]} - 1))
    ((i >= 0)) && current=${typed[i]}
    local raw=$current
    _ast_unquote "$current"
    current=$REPLY

    if [[ $waiting && $waiting != maybe* ]]; then
        _ast_propose "$waiting" "$current" ''
    elif [[ -z $ended && $current == --*=* ]]; then
        _ast_values "$path ${current%%=*}"
        _ast_propose "$REPLY" "${current#*=}" "${current%%=*}="
    else
        if [[ $ended || $current != -* ]]; then
            [[ $waiting ]] && _ast_propose "$waiting" "$current" ''
            if [[ -z $closed ]]; then
                _ast_words "$path"
                for word in $REPLY; do _ast_add "$word" "$current" ''; done
            fi
            _ast_values "$path $count"
            [[ $REPLY ]] && argument=1
            _ast_propose "$REPLY" "$current" ''
            ((${#COMPREPLY[@]} > 0)) && argument=1
        fi
        if [[ -z $ended && ( $current == -* || ( -z $current && $path && -z $argument ) ) ]]; then
            _ast_options "$path"
            options=${REPLY% | *} many=" ${REPLY#* | } "
            [[ $path ]] || options+=' --version'
            for word in $options $_ast_global; do
                [[ $given == *" $word "* && $many != *" $word "* ]] || _ast_add "$word" "$current" ''
            done
        fi
    fi

    # bash replaces only what stands after the last = or : of the word.
    if [[ -z $QUOTE && $raw == *[=:]* ]]; then
        local before=$raw
        [[ $COMP_WORDBREAKS == *=* ]] || before=${before//=/_}
        [[ $COMP_WORDBREAKS == *:* ]] || before=${before//:/_}
        if [[ $before == *[=:]* ]]; then
            before=${before##*[=:]}
            before=${raw:0:${#raw}-${#before}}
            for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
                COMPREPLY[i]=${COMPREPLY[i]#"$before"}
            done
        fi
    fi
}

complete -F _ast ast
