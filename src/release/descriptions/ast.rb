# Homebrew. Untried: filled in by src/release/describe, never installed by brew.
class Ast < Formula
  desc "Signs in to platforms and gives their tokens to scripts and programs"
  homepage "@HOME@"
  url "@FILES@/ast-@VERSION@.tar.gz"
  sha256 "@TAR@"
  license "Apache-2.0"

  depends_on "openjdk"

  def install
    libexec.install Dir["*"]
    Dir[libexec/"bin/*ast"].each do |program|
      (bin/File.basename(program)).write_env_script program, Language::Java.overridable_java_home_env
    end
    bash_completion.install libexec/"share/bash-completion/completions/ast"
    zsh_completion.install libexec/"share/zsh/vendor-completions/_ast"
    fish_completion.install libexec/"share/fish/vendor_completions.d/ast.fish"
    man1.install Dir[libexec/"share/man/man1/*"]
    man7.install Dir[libexec/"share/man/man7/*"]
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/ast version")
  end
end
