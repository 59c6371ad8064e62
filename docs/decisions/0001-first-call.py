#!/usr/bin/env python3
"""Whole-process cost of one HTTP request by different clients; see 0001-http-client.md.

Usage: 0001-first-call.py CLASSPATH JAVA_HOME [ROUNDS]   (after ./mvnw test-compile; CLASSPATH as in the page)
"""
import os, re, resource, shutil, statistics, subprocess, sys, tempfile, time

jars, java_home, rounds = sys.argv[1].split(":"), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 11
java = java_home + "/bin/java"
feature = int(re.search(r'JAVA_VERSION="(\d+)', open(java_home + "/release").read()).group(1))
flags = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
work = tempfile.mkdtemp(prefix="ast-first-call")
# Class archives need jars, not folders.
for folder in ("target/classes", "target/test-classes"):
    shutil.make_archive(work + "/" + folder.split("/")[1], "zip", folder, "dev")
    os.rename(f"{work}/{folder.split('/')[1]}.zip", f"{work}/{folder.split('/')[1]}.jar")
class_path = ":".join([work + "/classes.jar", work + "/test-classes.jar"] + jars)
environment = {"PATH": "/usr/bin:/bin", "HOME": work, "AST_CA_BUNDLE": work + "/ca.pem"}


def run(options, *arguments):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([java, *flags, *options, "-cp", class_path, "dev.ast.http.FirstCall", *arguments],
                   env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu * 1000, (time.monotonic() - start) * 1000


server = subprocess.Popen([java, "-cp", class_path, "dev.ast.http.FirstCall", "server", work],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE)
server.stdout.readline()
cases, results = [], {}
try:
    for scheme in ("http", "https"):
        for client in ("none", "ours", "urlconnection", "jdk"):
            url, cache = open(f"{work}/{scheme}").read(), f"{work}/{client}-{scheme}"
            if feature >= 25:
                run([f"-XX:AOTCacheOutput={cache}"], client, url)
                options = [f"-XX:AOTCache={cache}"]
            else:
                run([f"-XX:ArchiveClassesAtExit={cache}"], client, url)
                options = [f"-XX:SharedArchiveFile={cache}"]
            cases.append((scheme, client, url, options))
    for _ in range(rounds):
        for scheme, client, url, options in cases:
            results.setdefault((scheme, client), []).append(run(options, client, url))
finally:
    server.stdin.close()
    server.wait()
    shutil.rmtree(work)
for (scheme, client), values in results.items():
    cpu, wall = (statistics.median(v[i] for v in values) for i in (0, 1))
    print(f"JDK {feature} {scheme:5} {client:13} CPU {cpu:5.0f} ms  wall {wall:5.0f} ms")
