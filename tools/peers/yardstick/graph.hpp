#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

constexpr std::size_t kObjectives = 3;
using Costs = std::array<std::uint32_t, kObjectives>;

/// 16 bytes, so that an arc never crosses a cache line.
struct Arc {
  std::uint32_t node;
  Costs costs;
};

/// Adjacency in one direction: the arcs of node v are arcs[first[v] .. first[v + 1]).
struct Adjacency {
  std::vector<std::uint32_t> first;
  std::vector<Arc> arcs;
};

/// A graph with three costs per arc. Nodes are renumbered in the order of a breadth-first walk:
/// what a search visits together lies together in memory.
struct Graph {
  std::uint32_t nodes = 0;
  Adjacency forward, backward;
  /// Number in the file, 0-based -> number here, and back.
  std::vector<std::uint32_t> inside, outside;
};

/// Builds a graph from one source per objective: a `.gr[.gz]` file, or `hops` for 1 per arc. All
/// files must list the same arcs in the same order. Of parallel arcs the first is kept, loops are
/// dropped. Throws std::runtime_error.
Graph loadGraph(const std::array<std::string, kObjectives>& sources);
