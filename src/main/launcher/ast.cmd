@echo off
rem Starts ast on Windows, as bin/ast does elsewhere. UNTESTED: nobody has run it on Windows yet.
rem It makes and uses no caches. AST_JAVA_HOME is the Java to use; else JAVA_HOME, else the one on PATH.
setlocal DisableDelayedExpansion
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
set "CLASSPATH="
set "AST_APP=%~dp0.."
set "AST_JAVA="
call :take "%AST_JAVA_HOME%"
if not defined AST_JAVA call :take "%AST_APP%\runtime"
if not defined AST_JAVA call :take "%JAVA_HOME%"
if not defined AST_JAVA for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :take "%%~dp$PATH:j.."
if not defined AST_JAVA (
    echo ast: no Java 17 or newer found>&2
    echo hint: install one, or set AST_JAVA_HOME to its folder>&2
    exit /b 1
)
rem Under the name by which another program calls its credential helper, it is that command.
set "AST_WORDS="
for %%p in (bazel cargo docker git) do if /i "%~n0"=="%%p-credential-ast" set "AST_WORDS=credential %%p"
if /i "%~n0"=="terraform-credentials-ast" set "AST_WORDS=credential terraform"
"%AST_JAVA%" "@%AST_APP%\lib\jvm.options" --enable-native-access=ALL-UNNAMED -XX:ErrorFile=NUL "-Dast.app=%AST_APP%" "-Dast.java=%AST_JAVA%" "-Dlibrary.jline.path=%AST_APP%\lib\native" -cp "%AST_APP%\lib\full\full.jar" dev.ast.AstApplication %AST_WORDS% %*
exit /b %ERRORLEVEL%

:take
if "%~1"=="" exit /b
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
for /f "usebackq tokens=1,2 delims==." %%a in ("%~1\release") do if "%%a"=="JAVA_VERSION" call :compare "%~1" %%b
exit /b

:compare
set "AST_FEATURE=%2"
set "AST_FEATURE=%AST_FEATURE:"=%"
if %AST_FEATURE% GEQ 17 set "AST_JAVA=%~1\bin\java.exe"
exit /b
