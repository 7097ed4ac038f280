#include "dimacs.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace {

/// The bytes of a descriptor; closes it.
std::string readAll(int descriptor, const std::string& path) {
  std::string text;
  std::array<char, 1 << 16> block;
  for (;;) {
    const ssize_t count = read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::runtime_error(path + ": " + std::strerror(errno));
    if (count == 0) break;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
  close(descriptor);
  return text;
}

/// The output of `gzip -dc`, without a shell, so that no file name can be a command.
std::string inflate(const std::string& path) {
  std::array<int, 2> ends;
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe for gzip");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process for gzip");
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execlp("gzip", "gzip", "-dc", "--", path.c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  std::string text = readAll(ends[0], path);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) throw std::runtime_error(path + ": gzip could not inflate it");
  return text;
}

std::string readText(const std::string& path) {
  if (path.ends_with(".gz")) return inflate(path);
  const int descriptor = open(path.c_str(), O_RDONLY);
  if (descriptor < 0) throw std::runtime_error(path + ": " + std::strerror(errno));
  return readAll(descriptor, path);
}

}  // namespace

DimacsFile readDimacs(const std::string& path) {
  const std::string text = readText(path);
  DimacsFile file;
  std::size_t line = 1;
  const char* at = text.c_str();
  const auto fail = [&](const char* what) {
    throw std::runtime_error(path + ":" + std::to_string(line) + ": " + what);
  };
  const auto number = [&](std::int64_t least, std::int64_t most) {
    while (*at == ' ') ++at;
    if (*at < '0' || *at > '9') fail("expected a whole number");
    std::int64_t value = 0;
    for (; *at >= '0' && *at <= '9'; ++at) {
      value = value * 10 + (*at - '0');
      if (value > most) fail("number too large");
    }
    if (value < least) fail("number too small");
    return value;
  };
  std::int64_t announced = -1;
  for (; *at != '\0'; ++line) {
    if (*at == 'p') {
      if (std::strncmp(at, "p sp ", 5) != 0) fail("expected 'p sp NODES ARCS'");
      at += 5;
      file.nodes = static_cast<std::uint32_t>(number(1, 1 << 30));
      announced = number(0, 1 << 30);
      file.arcs.reserve(static_cast<std::size_t>(announced));
    } else if (*at == 'a') {
      ++at;
      const auto tail = number(1, file.nodes), head = number(1, file.nodes);
      const auto cost = number(0, (1 << 26) - 1);
      file.arcs.push_back({static_cast<std::uint32_t>(tail - 1),
                           static_cast<std::uint32_t>(head - 1), static_cast<std::uint32_t>(cost)});
    } else if (*at != 'c' && *at != '\n') {
      fail("expected a line that starts with c, p or a");
    }
    while (*at != '\0' && *at != '\n') ++at;
    if (*at == '\n') ++at;
  }
  if (announced != static_cast<std::int64_t>(file.arcs.size())) fail("arcs are missing");
  return file;
}
