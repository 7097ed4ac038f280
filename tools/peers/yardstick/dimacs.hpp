#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// One arc of a DIMACS file with its cost; nodes are 0-based here.
struct FileArc {
  std::uint32_t tail, head;
  std::uint32_t cost;
};

struct DimacsFile {
  std::uint32_t nodes = 0;
  std::vector<FileArc> arcs;
};

/// Reads a `.gr` file, through `gzip -dc` where its name ends in `.gz`.
/// Throws std::runtime_error with the file and line of what is wrong.
DimacsFile readDimacs(const std::string& path);
