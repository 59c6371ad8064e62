# Completion of ast for fish, written by: ast completion fish
# Source it in config.fish, or store it as ast.fish in ~/.config/fish/completions.

function __ast_complete
    set -l before (commandline -opc)
    set -e before[1]
    set -l typed (commandline -ct)
    # The program gets the words without their quotes. A quote that is still open cannot be unescaped.
    set -l current (string unescape -- "$typed")
    or set current (string trim --left --chars "'\"" -- "$typed")
    command ast __complete -- $before "$current" 2>/dev/null
end

complete --command ast --erase
complete --command ast --no-files --keep-order --arguments '(__ast_complete)'
